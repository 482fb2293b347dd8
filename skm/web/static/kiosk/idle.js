/* Nobody there: after a minute without touch or voice a question with a countdown, and any tap
   goes on where the person was; else the survey begins again for the next one. */
const idle = (function () {
  const QUIET_MS = 60 * 1000;
  const COUNTDOWN_MS = 30 * 1000;
  const CHECK_MS = 250;
  let last = performance.now(), touched = last, warned = false, hooks = null;

  /* hooks: matters() whether somebody may be in the middle of something, speaking(),
     warn(seconds) each second of the countdown, resume(), expire(). */
  function start(given) {
    hooks = given;
    ["pointerdown", "keydown", "input", "wheel", "touchmove"].forEach(function (kind) {
      window.addEventListener(kind, touch, { capture: true, passive: true });
    });
    setInterval(check, CHECK_MS);
  }

  function touch() {
    last = touched = performance.now();
    if (warned) resume();
  }

  function resume() {
    warned = false;
    deaf.begin(); // the tap that says "still here" answers nothing
    hooks.resume();
  }

  function check() {
    if (!hooks.matters() || hooks.speaking()) {
      last = performance.now();
      if (warned) resume();
      return;
    }
    const left = QUIET_MS + COUNTDOWN_MS - (performance.now() - last);
    if (left <= 0) {
      warned = false;
      last = performance.now();
      hooks.expire();
    } else if (left <= COUNTDOWN_MS) {
      warned = true;
      hooks.warn(Math.ceil(left / 1000));
    }
  }

  function quietFor() {
    return performance.now() - touched;
  }

  return { start, quietFor, isWarned: function () { return warned; } };
})();
