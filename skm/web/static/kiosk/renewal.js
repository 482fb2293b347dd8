/* A new version of the pages: every file of it is brought into the HTTP cache before the page
   is opened from there, so that a server that dies in between harms nothing. */
const renewal = (function () {
  const TRY_AGAIN_MS = 10 * 60 * 1000;
  const ADDRESS = "/kios";
  let tried = null, when = -Infinity;

  function isWorthTrying(version) {
    return version !== tried || performance.now() - when > TRY_AGAIN_MS;
  }

  /* stillQuiet(): whether nobody began a survey in the meantime. */
  async function renew(version, stillQuiet) {
    if (!isWorthTrying(version)) return;
    tried = version;
    when = performance.now();
    // Looked at before it enters the cache: what answers may not be the office.
    const page = await kiosk(ADDRESS + "?versi=" + version, "no-store", version);
    const files = Array.from(page.querySelectorAll("link[href], script[src]"), function (link) {
      return link.getAttribute("href") || link.getAttribute("src");
    });
    for (const file of files) await text(file, "reload");
    await kiosk(ADDRESS, "reload", version);
    if (stillQuiet()) location.replace(ADDRESS);
  }

  async function text(address, cache) {
    // With the credentials that a page is opened with: the cache keeps others apart.
    const reply = await fetch(address, { cache: cache, redirect: "error" });
    if (!reply.ok) throw new Error(address + ": HTTP " + reply.status);
    return reply.text();
  }

  async function kiosk(address, cache, version) {
    const page = new DOMParser().parseFromString(await text(address, cache), "text/html");
    if (page.body.dataset.version !== version) throw new Error(address + ": versi lain");
    return page;
  }

  return { renew };
})();
