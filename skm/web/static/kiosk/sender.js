/* Sends what waits, one answer at a time, until the server says that it has it.

   The post itself is the probe. Only JSON with the answer's own id is a receipt: the page of a
   captive portal also says 200. */
const sender = (function () {
  const FIRST_WAIT_MS = 1000;
  const LONGEST_WAIT_MS = 30 * 1000;
  const PATIENCE_MS = 20 * 1000;
  const REFILL_AGAIN_MS = 10 * 60 * 1000;
  const DELIVERED = { 200: "known", 201: "stored", 409: "conflict" };
  const REFUSED = [413, 422];

  const refilled = new Map(); // seq -> when, so that a server that never has it is not flooded
  let running = false, again = false, wait = FIRST_WAIT_MS, timer = null, lastTry = -Infinity;
  let atRest = false, held = null, deliveries = 0, told = function () {};
  let contact = { at: null, problem: null, version: null };

  function start(listener) {
    told = listener;
    document.addEventListener("visibilitychange", function () {
      if (!document.hidden) hurry();
    });
    hurry();
  }

  /* Something happened that makes a new try worth while. */
  function hurry() {
    if (running) {
      again = true;
      return;
    }
    wait = FIRST_WAIT_MS;
    if (performance.now() - lastTry < FIRST_WAIT_MS) schedule();
    else run();
  }

  /* Somebody touched the tablet: a good moment, if anything waits at all. */
  function nudge() {
    if (!atRest) hurry();
  }

  function schedule() {
    clearTimeout(timer);
    timer = setTimeout(run, wait);
  }

  async function run() {
    if (running) return;
    running = true;
    again = false;
    clearTimeout(timer);
    lastTry = performance.now();
    let finished = false;
    try {
      finished = await sendAll();
    } catch (error) {
      note(String(error && error.message || error));
    }
    running = false;
    atRest = finished && !again;
    if (atRest) {
      wait = FIRST_WAIT_MS;
      return;
    }
    schedule();
    wait = finished ? FIRST_WAIT_MS : Math.min(wait * 2, LONGEST_WAIT_MS);
  }

  async function sendAll() {
    if (!identity.token()) return true;
    for (;;) {
      if (!(await tabs.claim(false))) return true; // the other tab sends
      const record = await queue.next(held);
      if (!record) return true;
      if (clocks.isDoubtful(record)) await ask();
      if (!(await send(record))) return false;
    }
  }

  async function send(record) {
    const age = clocks.age(record);
    const headers = { "Content-Type": "application/json" };
    if (age !== null) headers["Skm-Age-Ms"] = String(age);
    const { status, reply } = await call("/api/jawaban", {
      method: "POST", headers: headers, body: record.body,
    });
    if (DELIVERED[status] && reply.id === record.id) {
      deliveries += 1;
      await queue.acknowledge(record.seq, DELIVERED[status], reply, mayRefill);
      heardOf(reply);
      return true;
    }
    if (REFUSED.includes(status) && (reply.id === record.id || status === 413) && reply.error) {
      await queue.park(record.seq, status, String(reply.error));
      note(null);
      return true;
    }
    note(status === 401 ? "token" : (reply.error || "HTTP " + status));
    return false;
  }

  /* Ask for the news alone: the version of the pages, the server's time, and what it has of
     this tablet, so that a restored server is filled again though nobody answers. */
  async function ask() {
    const { finished, runs } = await queue.counts();
    const totals = [runs.started || 0, finished, runs.abandoned || 0].join(" ");
    const before = deliveries;
    const { status, reply } = await call("/api/versi", { headers: { "Skm-Runs": totals } });
    if (status !== 200 || typeof reply.version !== "string") return null;
    heardOf(reply);
    if (reply.device === undefined) note("token"); // it knows no tablet by our token
    // Numbers from before a delivery say nothing of what it brought.
    else if (before === deliveries && await queue.reconcile(reply, mayRefill)) hurry();
    return reply;
  }

  async function call(address, options) {
    const patience = new AbortController();
    const alarm = setTimeout(function () { patience.abort(); }, PATIENCE_MS);
    const waiting = (await queue.counts()).waiting;
    const headers = Object.assign({
      "Skm-Token": identity.token(),
      "Skm-Clock": String(Date.now()),
      "Skm-Waiting": String(waiting),
    }, options.headers);
    try {
      const response = await fetch(address, Object.assign({}, options, {
        headers: headers, cache: "no-store", credentials: "omit", redirect: "error",
        signal: patience.signal,
      }));
      const reply = asObject(await response.text());
      if (reply) clocks.heard(response);
      return { status: response.status, reply: reply || {} };
    } finally {
      clearTimeout(alarm);
    }
  }

  function asObject(text) {
    try {
      const parsed = JSON.parse(text);
      return parsed && typeof parsed === "object" ? parsed : null;
    } catch (error) {
      return null;
    }
  }

  function mayRefill(seq) {
    const before = refilled.get(seq);
    if (before !== undefined && performance.now() - before < REFILL_AGAIN_MS) return false;
    refilled.set(seq, performance.now());
    return true;
  }

  function heardOf(reply) {
    contact = { at: Date.now(), problem: null, version: reply.version };
    told();
  }

  function note(problem) {
    contact = Object.assign({}, contact, { problem: problem });
    told();
  }

  return {
    start, hurry, nudge, ask,
    /* The answer that its person may still change stays here; null lets it go. */
    hold: function (id) { held = id; if (id === null) hurry(); },
    contact: function () { return contact; },
  };
})();
