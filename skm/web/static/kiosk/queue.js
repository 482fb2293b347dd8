/* What was finished on this tablet, in IndexedDB: every answer until it is acknowledged, and
   the last ones that were, as a second copy for a server that was restored from a backup.

   A record: seq, id, body (serialised once), state waiting | sent | parked, and the clocks. */
const queue = (function () {
  const KEEP_SENT = 1000;
  const STORES = ["answers", "meta"];
  let opening = null;

  function open() {
    if (opening) return opening;
    opening = new Promise(function (resolve, reject) {
      const request = indexedDB.open("skm-kios", 1);
      request.onupgradeneeded = function () {
        const answers = request.result.createObjectStore("answers", { keyPath: "seq" });
        answers.createIndex("state", "state");
        answers.createIndex("id", "id", { unique: true });
        request.result.createObjectStore("meta");
      };
      request.onsuccess = function () {
        const db = request.result;
        db.onclose = forget;
        db.onversionchange = function () { db.close(); forget(); };
        resolve(db);
      };
      request.onerror = function () { reject(request.error); };
      request.onblocked = function () { reject(new Error("blocked")); };
    });
    opening.catch(forget);
    return opening;
  }

  function forget() {
    opening = null;
  }

  /* One transaction. Resolves with what work returned, once that is on the disk: since Chrome
     121 "complete" means less unless strict durability is asked for. */
  async function within(mode, work) {
    const db = await open();
    let transaction;
    try {
      transaction = db.transaction(STORES, mode, { durability: "strict" });
    } catch (error) {
      forget(); // the system closed the database: the next try opens it again
      throw error;
    }
    let failure = null;
    const ended = new Promise(function (resolve, reject) {
      transaction.oncomplete = resolve;
      transaction.onabort = function () { reject(failure || transaction.error); };
    });
    const stores = STORES.map(function (name) { return transaction.objectStore(name); });
    let result;
    try {
      result = await work(stores[0], stores[1]);
    } catch (error) {
      failure = error;
      try {
        transaction.abort();
      } catch (already) {
        // it is aborted
      }
    }
    await ended;
    return result;
  }

  function asked(request) {
    return new Promise(function (resolve, reject) {
      request.onsuccess = function () { resolve(request.result); };
      request.onerror = function (event) {
        event.preventDefault(); // the transaction is aborted with this error, not by it
        reject(request.error);
      };
    });
  }

  function randomId() {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    return Array.from(bytes, function (byte) {
      return byte.toString(16).padStart(2, "0");
    }).join("");
  }

  /* Keep one finished survey. compose(device, seq) gives the record; tried again with the same
     id after a failure nobody could read, it is kept once. */
  function add(id, tab, compose) {
    return within("readwrite", async function (answers, meta) {
      await tabs.mustOwn(meta, tab);
      const known = await asked(answers.index("id").get(id));
      if (known) return known;
      const device = (await asked(meta.get("device"))) || randomId();
      const seq = ((await asked(meta.get("seq"))) || 0) + 1;
      const record = compose(device, seq);
      answers.add(record);
      meta.put(device, "device");
      meta.put(seq, "seq");
      return record;
    });
  }

  /* Put changed answers in the place of ones that have not left the tablet; false if they have. */
  function replace(record, tab, compose) {
    return within("readwrite", async function (answers, meta) {
      await tabs.mustOwn(meta, tab);
      const held = await asked(answers.get(record.seq));
      if (!held || held.state !== "waiting") return false;
      answers.put(compose(JSON.parse(held.body).device, held.seq));
      return true;
    });
  }

  /* The oldest answer to send, but not the one its person may still change. */
  function next(heldId) {
    return within("readonly", async function (answers) {
      const waiting = await asked(answers.index("state").getAll("waiting", 2));
      return waiting.find(function (record) { return record.id !== heldId; }) || null;
    });
  }

  /* The server has it: keep it as a second copy, and send again what a restored server lacks. */
  function acknowledge(seq, state, reply, mayRefill) {
    return within("readwrite", async function (answers, meta) {
      const record = await asked(answers.get(seq));
      if (record) answers.put(Object.assign({}, record, { state: "sent", became: state }));
      await heed(answers, meta, reply, mayRefill);
    });
  }

  /* What the server has of this tablet, told without a delivery. Resolves with how many it gets
     again; a reply about another device says nothing. */
  function reconcile(reply, mayRefill) {
    return within("readwrite", async function (answers, meta) {
      const device = await asked(meta.get("device"));
      return reply.device === device ? heed(answers, meta, reply, mayRefill) : 0;
    });
  }

  async function heed(answers, meta, reply, mayRefill) {
    meta.put({ have: reply.have, missing: reply.missing }, "server");
    const again = await refill(answers, reply, mayRefill);
    await prune(answers, reply.purged_until);
    return again;
  }

  async function refill(answers, reply, mayRefill) {
    const missing = Array.isArray(reply.missing) ? reply.missing : [];
    const later = IDBKeyRange.lowerBound(Number(reply.have) || 0, true);
    const newer = await asked(answers.getAllKeys(later));
    let again = 0;
    for (const seq of missing.concat(newer)) {
      const record = await asked(answers.get(seq));
      if (record && record.state === "sent" && mayRefill(seq)) {
        answers.put(Object.assign({}, record, { state: "waiting" }));
        again += 1;
      }
    }
    return again;
  }

  async function prune(answers, purgedUntil) {
    const sent = await asked(answers.index("state").getAllKeys("sent"));
    sent.slice(0, Math.max(0, sent.length - KEEP_SENT)).forEach(function (seq) {
      answers.delete(seq);
    });
    if (!purgedUntil) return;
    for (const seq of sent.slice(-KEEP_SENT)) {
      const record = await asked(answers.get(seq));
      if (clocks.day(record) > purgedUntil) return; // they lie in the order they were finished
      answers.delete(seq);
    }
  }

  /* The server understood it and refused it: kept for an officer, out of the way of the others. */
  function park(seq, status, reason) {
    return within("readwrite", async function (answers) {
      const record = await asked(answers.get(seq));
      answers.put(Object.assign({}, record, { state: "parked", status: status, reason: reason }));
    });
  }

  function unpark() {
    return within("readwrite", async function (answers) {
      const parked = await asked(answers.index("state").getAll("parked"));
      parked.forEach(function (record) {
        answers.put(Object.assign({}, record, { state: "waiting" }));
      });
    });
  }

  function counts() {
    return within("readonly", async function (answers, meta) {
      const states = answers.index("state");
      return {
        finished: (await asked(meta.get("seq"))) || 0,
        waiting: await asked(states.count("waiting")),
        parked: await asked(states.count("parked")),
        copies: await asked(states.count("sent")),
        server: (await asked(meta.get("server"))) || null,
        device: (await asked(meta.get("device"))) || null,
        runs: (await asked(meta.get("runs"))) || {},
      };
    });
  }

  /* How many surveys were begun and given up; of those given up only their number is kept. */
  function countRun(what) {
    return within("readwrite", async function (answers, meta) {
      const runs = (await asked(meta.get("runs"))) || {};
      runs[what] = (runs[what] || 0) + 1;
      meta.put(runs, "runs");
    });
  }

  /* What is kept under these names; those that are not kept are lacking. */
  function recall(names) {
    return within("readonly", async function (answers, meta) {
      const found = {};
      for (const name of names) {
        const value = await asked(meta.get(name));
        if (value !== undefined) found[name] = value;
      }
      return found;
    });
  }

  /* Keep all of these, or none. */
  function remember(values) {
    return within("readwrite", function (answers, meta) {
      Object.keys(values).forEach(function (name) { meta.put(values[name], name); });
    });
  }

  function all() {
    return within("readonly", function (answers) { return asked(answers.getAll()); });
  }

  /* Whether this browser keeps anything at all. */
  function test() {
    return within("readwrite", function (answers, meta) { meta.put(Date.now(), "tested"); });
  }

  return {
    within, asked, randomId, add, replace, next, acknowledge, reconcile, park, unpark, counts,
    countRun, recall, remember, all, test,
  };
})();
