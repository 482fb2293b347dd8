/* The kiosk: which place is shown, and what leads from one to the next.

   Places: loading, unpaired, elsewhere (another tab), trouble (nothing can be kept), survey,
   thanks, status. All words of a language lie in one block; one block is shown. */
(function () {
  const THANKS_MS = 10 * 1000;
  const LOOK_FOR_NEWS_MS = 60 * 1000;
  const IDLE_BEFORE_RENEWAL_MS = 5 * 1000;

  const body = document.body;
  const blocks = Array.from(document.querySelectorAll("[data-language-block]"));
  const surveys = new Map(); // language -> its screens, made when first shown
  const about = {
    form: body.dataset.form,
    layout: body.dataset.version,
    online: body.dataset.online.split(" "),
    service: "",
  };
  let block = null, run = null, screens = null, place = "loading", storing = false;
  let thanksTimer = null, guarded = false;

  start().catch(function () { show("trouble"); });

  async function start() {
    setLanguage(blocks[0].lang);
    wire();
    sayHowLongKept();
    try {
      await queue.test();
      await identity.load();
    } catch (error) {
      show("trouble");
      return;
    }
    sender.start(showBadge);
    await enter(identity.takeCode());
    setInterval(keepLease, tabs.RENEW_MS);
    setInterval(lookForNews, LOOK_FOR_NEWS_MS);
  }

  /* Until when raw answers are kept, from the end of the year as the destruction counts it:
     counted here, since the page may be older than a month. */
  function sayHowLongKept() {
    document.querySelectorAll("[data-part=responsible]").forEach(function (line) {
      const until = new Date(new Date().getFullYear() + 1, Number(line.dataset.months), 1);
      const month = until.toLocaleDateString([line.closest("[lang]").lang, "id"], {
        month: "long", year: "numeric",
      });
      line.textContent = line.dataset.words.replace("{retensi}", month);
    });
  }

  function wire() {
    document.addEventListener("click", react);
    document.addEventListener("submit", function (event) {
      event.preventDefault();
      if (event.target === screens.form) finish();
    });
    document.addEventListener("visibilitychange", function () {
      if (!document.hidden) keepLease();
    });
    window.addEventListener("hashchange", function () {
      const code = identity.takeCode();
      if (code) enter(code);
    });
    window.addEventListener("pagehide", function () {
      // A page put aside by the browser must not come back with somebody's answers.
      voice.stop();
      run.wipe();
      tabs.release();
    });
    window.addEventListener("pageshow", function (event) {
      if (event.persisted) welcome();
    });
    window.addEventListener("popstate", function () {
      guarded = false;
      if (place === "survey" && screens.number > 0) stepBack();
    });
    status.start(openStatus, welcome, enter);
    voice.whenVoicesCome(showListen);
    idle.start({
      matters: function () {
        return place === "status" || (place === "survey" && (run.begun || block !== blocks[0]));
      },
      speaking: voice.isSpeaking,
      warn: warnIdle,
      resume: closeDialogs,
      expire: function () {
        abandon();
        welcome();
      },
    });
  }

  /* Through pairing, where a code was scanned, to the place the tablet belongs. */
  async function enter(code) {
    if (code) {
      clearInterval(thanksTimer); // nobody begins a survey that the pairing would end
      abandon();
      show("loading");
      const problem = await identity.pair(code);
      if (problem === "replaced") return;
      status.told({
        "": "Tablet dipasangkan sebagai " + identity.name() + ".",
        used: "Kode ini sudah dipakai atau terlalu lama. Mintalah kode baru di halaman petugas.",
        unreachable: "Komputer kantor tidak menjawab. Periksa Wi-Fi, lalu coba lagi.",
        unkept: "Tablet ini tidak dapat menyimpan kuncinya. Kosongkan sebagian ruangnya, lalu mintalah kode baru.",
      }[problem]);
      if (problem) {
        openStatus();
        return;
      }
    }
    const ours = code ? await tabs.claim(true) : await tabs.enter();
    if (ours) await takeOver();
    else show("elsewhere");
  }

  /* This tab is the one in use from now on; another may have paired the tablet meanwhile. */
  async function takeOver() {
    await identity.load();
    welcome();
    sender.hurry();
    lookForNews();
  }

  /* --- places --- */

  function show(name) {
    place = name;
    body.dataset.at = name;
    deaf.begin();
    closeDialogs();
    voice.stop();
    document.querySelectorAll("[data-place]").forEach(function (part) {
      part.hidden = part.dataset.place !== name;
    });
    block.hidden = name === "status";
    const heading = placeIn(name).querySelector("h1, h2");
    if (heading && name !== "survey") heading.focus({ preventScroll: true });
    window.scrollTo(0, 0);
    showListen();
  }

  function placeIn(name) {
    return block.querySelector("[data-place=" + name + "]") ||
      document.querySelector("[data-place=" + name + "]");
  }

  /* Ready for the next person: nothing of the last one is left. */
  function welcome() {
    clearInterval(thanksTimer);
    about.service = settledService();
    surveys.forEach(function (each) { new Run(each.form, about).wipe(); });
    run.wipe();
    sender.hold(null);
    setLanguage(blocks[0].lang);
    markHelped(false);
    if (!identity.token()) {
      show("unpaired");
      return;
    }
    show("survey");
    screens.open(0);
  }

  /* The service of this counter, where an officer chose one, or the only one there is. */
  function settledService() {
    const services = body.dataset.services.split(" ");
    const chosen = identity.service();
    if (services.length === 1) return services[0];
    return services.includes(chosen) ? chosen : "";
  }

  function setLanguage(language) {
    block = blocks.find(function (each) { return each.lang === language; });
    blocks.forEach(function (each) { each.hidden = each !== block; });
    document.documentElement.lang = language;
    if (!surveys.has(language)) {
      surveys.set(language, new Screens(block.querySelector("form.survey"), function (screen) {
        return run.asks(screen);
      }, entered));
    }
    screens = surveys.get(language);
    run = new Run(screens.form, about);
  }

  function openStatus() {
    if (place === "survey") abandon();
    show("status");
    status.show();
  }

  /* --- the survey --- */

  function react(event) {
    const button = event.target.closest("button");
    if (!button) return;
    const go = button.dataset.go;
    if (button.radio) {
      screens.choose(button);
      screens.open(screens.number + 1);
    } else if (go === "next") {
      begin();
    } else if (go === "skip") {
      screens.blank();
      screens.open(screens.number + 1);
    } else if (go === "back") {
      stepBack();
    } else if (go && reactions[go]) {
      reactions[go](button);
    }
    if (place === "survey") guardBack();
    sender.nudge();
  }

  const reactions = {
    language: function (button) {
      abandon();
      setLanguage(button.lang);
      show("survey");
      screens.open(0);
    },
    help: function () { openDialog("help"); },
    resume: closeDialogs,
    stop: function () {
      abandon();
      welcome();
    },
    helped: function (button) { markHelped(button.getAttribute("aria-pressed") !== "true"); },
    listen: function (button) {
      if (voice.isSpeaking()) voice.stop();
      else voice.speak(screens.current, block.lang, button);
    },
    done: welcome,
    undo: changeAnswers,
    retry: function () {
      if (run.begun) finish();
      else location.replace(location.pathname);
    },
    here: async function () {
      await tabs.claim(true);
      await takeOver();
    },
    officer: openStatus,
  };

  function begin() {
    if (!run.begun) queue.countRun("started").catch(ignore);
    run.begun = true;
    screens.open(1);
  }

  function stepBack() {
    screens.open(screens.number - 1);
  }

  function entered(screen) {
    voice.stop();
    run.entered(screen);
    showListen();
  }

  /* The tablet's own Back button goes back a question, never out of the kiosk. The entry holds
     nothing, and needs a tap before the browser honours it. */
  function guardBack() {
    if (guarded) return;
    guarded = true;
    history.pushState(null, "");
  }

  async function finish() {
    if (storing) return;
    if (run.isEmpty()) {
      screens.open(1);
      complain();
      return;
    }
    storing = true;
    run.entered(screens.current);
    try {
      run.id = run.id || queue.randomId();
      sender.hold(run.id);
      const changed = await run.store(tabs.me);
      thank(changed);
    } catch (error) {
      sender.hold(null);
      show(error instanceof tabs.OtherTab ? "elsewhere" : "trouble");
    } finally {
      storing = false;
    }
  }

  function complain() {
    const line = screens.form.querySelector("[data-part=complaint]");
    screens.current.querySelector(".answers").before(line);
    line.hidden = false;
  }

  function thank(changed) {
    if (!changed) sender.hold(null);
    show("thanks");
    const thanks = placeIn("thanks");
    const undo = thanks.querySelector("[data-go=undo]");
    thanks.querySelector("[data-part=late]").hidden = changed;
    undo.hidden = !changed;
    const until = performance.now() + THANKS_MS;
    clearInterval(thanksTimer);
    thanksTimer = setInterval(tick, 200);
    tick();

    function tick() {
      const left = Math.ceil((until - performance.now()) / 1000);
      if (left <= 0) welcome();
      else undo.textContent = undo.dataset.words.replace("{s}", left);
    }
  }

  /* Not sent yet, so it can still be changed; if it is not finished again, it stays as it is. */
  function changeAnswers() {
    clearInterval(thanksTimer);
    show("survey");
    screens.open(1);
  }

  function abandon() {
    if (run.begun && !run.record) queue.countRun("abandoned").catch(ignore);
    run.begun = false;
  }

  function markHelped(helped) {
    run.helped = helped;
    blocks.forEach(function (each) {
      each.querySelectorAll("[data-go=helped]").forEach(function (button) {
        button.setAttribute("aria-pressed", String(helped));
      });
    });
  }

  /* --- dialogs --- */

  function openDialog(name) {
    closeDialogs();
    const dialog = block.querySelector("[data-dialog=" + name + "]");
    dialog.hidden = false;
    body.dataset.covered = name;
    background(true);
    dialog.querySelector("h2").focus();
  }

  function closeDialogs() {
    if (!body.dataset.covered) return;
    delete body.dataset.covered;
    background(false);
    document.querySelectorAll("[data-dialog]").forEach(function (each) { each.hidden = true; });
    deaf.begin();
  }

  /* While a dialog is open, keyboard and screen reader find nothing behind it. */
  function background(covered) {
    document.querySelectorAll("[data-behind]").forEach(function (part) {
      part.inert = covered;
      if (covered) part.setAttribute("aria-hidden", "true");
      else part.removeAttribute("aria-hidden");
    });
  }

  function warnIdle(seconds) {
    const dialog = block.querySelector("[data-dialog=idle]");
    const words = dialog.querySelector("h2");
    words.textContent = words.dataset.words.replace("{s}", seconds);
    if (dialog.hidden) openDialog("idle");
  }

  function showListen() {
    const button = block.querySelector("[data-go=listen]");
    button.hidden = place !== "survey" || !voice.canSpeak(screens.current, block.lang);
  }

  /* --- in the background --- */

  async function keepLease() {
    try {
      const ours = await tabs.claim(false);
      if (!ours && place !== "elsewhere" && place !== "status") {
        run.wipe();
        show("elsewhere");
      } else if (ours && place === "elsewhere") {
        await takeOver();
      }
    } catch (error) {
      ignore(error); // the next finish says so to the person
    }
  }

  async function lookForNews() {
    const isQuiet = function () {
      return !run.begun && place === "survey" && screens.number === 0 &&
        idle.quietFor() > IDLE_BEFORE_RENEWAL_MS;
    };
    try {
      if (!identity.token() || document.hidden) return;
      const news = await sender.ask();
      if (!news || news.version === about.layout || !isQuiet()) return;
      const counts = await queue.counts();
      if (counts.waiting === 0) await renewal.renew(news.version, isQuiet);
    } catch (error) {
      ignore(error); // asked again in a minute
    }
  }

  async function showBadge() {
    const badge = document.querySelector("[data-part=badge]");
    const waiting = (await queue.counts()).waiting;
    const locked = sender.contact().problem === "token";
    badge.textContent = locked ? "Kunci tablet tidak berlaku"
      : badge.dataset.words.replace("{n}", waiting);
    badge.hidden = !locked && waiting === 0;
    if (place === "status") status.show();
  }

  function ignore() {}
})();
