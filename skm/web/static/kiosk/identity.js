/* Who this tablet is: the token and the name from pairing, and the service of its counter. They
   lie beside the answers, where a write counts only once it is on the disk. */
const identity = (function () {
  const PARTS = ["token", "name", "service"];
  const PATIENCE_MS = 20 * 1000;
  let known = {}, trying = null;

  /* Read once, and again where another tab may have paired; what an earlier version of this
     page kept in localStorage is taken over. */
  async function load() {
    const kept = await queue.recall(PARTS);
    const older = leftBehind();
    known = Object.assign({}, older, kept);
    if (Object.keys(older).length === 0) return;
    await queue.remember(known);
    PARTS.forEach(function (part) { localStorage.removeItem("skm." + part); });
  }

  function leftBehind() {
    const found = {};
    PARTS.forEach(function (part) {
      const value = localStorage.getItem("skm." + part);
      if (value) found[part] = value;
    });
    return found;
  }

  /* The code of the scanned address; it is taken out of the address bar at once. */
  function takeCode() {
    const code = decodeURIComponent(location.hash.slice(1));
    if (code) history.replaceState(null, "", location.pathname);
    return code;
  }

  /* Exchange a code for a token. Device id and queue stay what they are. Resolves with "" once
     the token is on the disk, with what is to be told to the officer, or with "replaced" where
     another code was scanned before this one was answered. */
  async function pair(code) {
    const patience = new AbortController();
    const alarm = setTimeout(function () { patience.abort(); }, PATIENCE_MS);
    let response, reply;
    if (trying) trying.abort();
    trying = patience;
    try {
      const device = (await queue.recall(["device"])).device || null;
      response = await fetch("/api/pasang", {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify({ code: code, device: device }),
        cache: "no-store", credentials: "omit", redirect: "error", signal: patience.signal,
      });
      reply = await response.json();
    } catch (error) {
      return trying === patience ? "unreachable" : "replaced";
    } finally {
      clearTimeout(alarm);
    }
    if (trying !== patience) return "replaced";
    if (response.status === 401 || response.status === 422) return "used";
    if (response.status !== 201 || !reply.token) return "unreachable";
    const given = { device: reply.device, token: reply.token, name: reply.name };
    try {
      await queue.remember(given);
    } catch (error) {
      return "unkept";
    }
    Object.assign(known, given);
    return "";
  }

  function setService(code) {
    known.service = code;
    return queue.remember({ service: code });
  }

  return {
    load, takeCode, pair, setService,
    token: function () { return known.token || ""; },
    name: function () { return known.name || ""; },
    service: function () { return known.service || ""; },
  };
})();
