/* When an answer was finished, though the tablet's clock may be wrong and may jump.

   The page's monotonic clock cannot jump, but stands still while the tablet sleeps, and ends
   with the page. Every reply tells the server's time; from it we know whether the clock of the
   day jumped or the tablet slept. */
const clocks = (function () {
  const PAGE = queue.randomId();
  const AGREE_MS = 60 * 1000;
  const SAME_CLOCK_MS = 5 * 60 * 1000;
  let ahead = null; // milliseconds that the server's clock was ahead at the last contact

  function stamp() {
    return {
      page: PAGE,
      monotonic: performance.now(),
      finished: Date.now(),
      ahead: ahead,
    };
  }

  function heard(response) {
    const told = Date.parse(response.headers.get("Date") || "");
    if (!isNaN(told)) ahead = told - Date.now();
  }

  function ages(record) {
    return {
      monotonic: performance.now() - record.monotonic,
      clock: Date.now() - record.finished,
    };
  }

  function isThisPage(record) {
    return record.page === PAGE;
  }

  /* Whether the two clocks tell different ages, so that the server's time must be known. */
  function isDoubtful(record) {
    const age = ages(record);
    return isThisPage(record) && Math.abs(age.clock - age.monotonic) > AGREE_MS;
  }

  /* Milliseconds since it was finished; null where only the clock of the day is left. */
  function age(record) {
    if (!isThisPage(record)) return null;
    const { monotonic, clock } = ages(record);
    const slept = isDoubtful(record) && clock > monotonic && ahead !== null &&
      record.ahead !== null && Math.abs(ahead - record.ahead) < SAME_CLOCK_MS;
    return Math.max(0, Math.round(slept ? clock : monotonic));
  }

  /* The day it was finished, as purge dates are written. */
  function day(record) {
    const moment = new Date(record.finished + (record.ahead || ahead || 0));
    const two = function (number) { return String(number).padStart(2, "0"); };
    return [moment.getFullYear(), two(moment.getMonth() + 1), two(moment.getDate())].join("-");
  }

  return { stamp, heard, isDoubtful, age, day, ahead: function () { return ahead; } };
})();
