/* The officer's page on the tablet, behind a long press on the office's name: what was
   finished, received and waits, what the browser can do, and the queue as a file. */
const status = (function () {
  const LONG_PRESS_MS = 1500;
  const CLOCK_TOLERANCE_MS = 5 * 60 * 1000;
  const FEW_MB = 20;
  let page = null;

  function start(open, close, pair) {
    page = document.querySelector("[data-place=status]");
    longPress(document.querySelector("[data-part=office]"), open);
    page.addEventListener("click", function (event) {
      const action = event.target.dataset.action;
      if (action === "close") close();
      else if (action === "save") save();
      else if (action === "send") queue.unpark().then(sender.hurry).then(show);
    });
    page.querySelector("form").addEventListener("submit", function (event) {
      event.preventDefault();
      pair(page.querySelector("[name=code]").value.trim());
    });
    const service = page.querySelector("[name=counter]");
    if (!service) return;
    service.addEventListener("change", function () {
      identity.setService(service.value).catch(function () {
        say("told", "Layanan loket ini tidak dapat disimpan di tablet.");
      });
    });
  }

  function longPress(part, open) {
    let timer = null;
    part.addEventListener("pointerdown", function () { timer = setTimeout(open, LONG_PRESS_MS); });
    ["pointerup", "pointercancel", "pointerleave"].forEach(function (kind) {
      part.addEventListener(kind, function () { clearTimeout(timer); });
    });
    part.addEventListener("contextmenu", function (event) { event.preventDefault(); });
  }

  async function show() {
    const contact = sender.contact();
    const service = page.querySelector("[name=counter]");
    if (service) service.value = identity.service();
    let counts = null;
    try {
      counts = await queue.counts();
    } catch (error) {
      // the lights below say that nothing can be kept
    }
    if (counts) {
      const server = counts.server || {};
      say("name", identity.name() || "belum dipasangkan");
      say("finished", counts.finished);
      say("received", Math.max(0, counts.finished - counts.waiting - counts.parked));
      say("waiting", counts.waiting);
      say("parked", counts.parked);
      say("missing", (server.missing || []).join(", ") || "tidak ada");
      say("copies", counts.copies);
      const runs = counts.runs;
      say("runs", [
        (runs.started || 0) + " dimulai", counts.finished + " selesai",
        (runs.abandoned || 0) + " ditinggalkan",
      ].join(", "));
    }
    say("contact", contact.at ? new Date(contact.at).toLocaleString("id") : "belum ada");
    say("problem", problemText(contact.problem));
    say("address", location.origin);
    await lights();
  }

  function say(key, text) {
    page.querySelector("[data-say=" + key + "]").textContent = String(text);
  }

  function problemText(problem) {
    if (!problem) return "tidak ada";
    if (problem === "token") return "kunci tablet tidak berlaku: pasangkan lagi";
    return "komputer kantor belum menjawab (" + problem + ")";
  }

  async function lights() {
    const storing = await timed(queue.test);
    light("store", storing !== null, storing === null
      ? "Tidak dapat menyimpan jawaban" : "Menyimpan jawaban (" + storing + " ms)");
    const room = await freeMegabytes();
    light("room", room === null ? null : room > FEW_MB, room === null
      ? "Ruang kosong tidak diberitahukan peramban" : "Ruang kosong " + room + " MB");
    const ahead = clocks.ahead();
    const right = ahead === null ? null : Math.abs(ahead) < CLOCK_TOLERANCE_MS;
    light("clock", right, ahead === null ? "Jam belum dibandingkan" : right ? "Jam cocok"
      : "Jam tablet berbeda " + Math.round(Math.abs(ahead) / 60000) + " menit; hari tetap dihitung benar");
    light("secure", window.isSecureContext || null, window.isSecureContext
      ? "Sambungan aman" : "Sambungan HTTP biasa: cukup untuk jaringan kantor");
    const speaks = window.speechSynthesis && speechSynthesis.getVoices().length > 0;
    light("voice", speaks || null, speaks ? "Ada suara perangkat" : "Tidak ada suara perangkat");
  }

  async function timed(work) {
    const began = performance.now();
    try {
      await work();
      return Math.round(performance.now() - began);
    } catch (error) {
      return null;
    }
  }

  async function freeMegabytes() {
    if (!navigator.storage || !navigator.storage.estimate) return null;
    const { quota, usage } = await navigator.storage.estimate();
    return Math.round((quota - usage) / 1e6);
  }

  /* good: true, false, or null for what is not needed. */
  function light(key, good, text) {
    const line = page.querySelector("[data-light=" + key + "]");
    line.dataset.state = good === null ? "info" : good ? "good" : "bad";
    line.textContent = text;
  }

  /* Everything this tablet still holds; what the server has already is known to it by its id. */
  async function save() {
    const answers = (await queue.all()).map(function (record) {
      return { body: record.body, state: record.state, age_ms: clocks.age(record), ahead_ms: record.ahead };
    });
    const file = { kind: "skm-antrean", version: 1, saved: Date.now(), ahead_ms: clocks.ahead(), answers };
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([JSON.stringify(file)], { type: "application/json" }));
    link.download = "antrean-" + (identity.name() || "tablet").replace(/\W+/g, "-").toLowerCase() + ".json";
    link.click();
    setTimeout(function () { URL.revokeObjectURL(link.href); }, 60 * 1000);
  }

  return {
    start, show,
    told: function (text) { say("told", text); },
  };
})();
