/* Who this tablet is: the token and the name from pairing, and the service of its counter. */
const identity = (function () {
  function read(key) {
    try {
      return localStorage.getItem("skm." + key) || "";
    } catch (error) {
      return "";
    }
  }

  function keep(key, value) {
    localStorage.setItem("skm." + key, value);
  }

  /* The code of the scanned address; it is taken out of the address bar at once. */
  function takeCode() {
    const code = decodeURIComponent(location.hash.slice(1));
    if (code) history.replaceState(null, "", location.pathname);
    return code;
  }

  /* Exchange a code for a token. Device id and queue stay what they are. Resolves with "",
     or with what is to be told to the officer. */
  async function pair(code) {
    const device = (await queue.device()) || null;
    let response, reply;
    try {
      response = await fetch("/api/pasang", {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify({ code: code, device: device }),
        cache: "no-store", credentials: "omit", redirect: "error",
      });
      reply = await response.json();
    } catch (error) {
      return "unreachable";
    }
    if (response.status === 401 || response.status === 422) return "used";
    if (response.status !== 201 || !reply.token) return "unreachable";
    await queue.setDevice(reply.device);
    keep("token", reply.token);
    keep("name", reply.name);
    return "";
  }

  return {
    takeCode, pair,
    token: function () { return read("token"); },
    name: function () { return read("name"); },
    service: function () { return read("service"); },
    setService: function (code) { keep("service", code); },
  };
})();
