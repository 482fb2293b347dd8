/* Of several tabs with the kiosk one is in use: it holds a lease in the database, where taking
   it is atomic also without Web Locks, which plain HTTP does not have. */
const tabs = (function () {
  const LEASE_MS = 4000;
  const RENEW_MS = 1500;
  const ANSWER_MS = 400;
  const me = queue.randomId();
  const channel = new BroadcastChannel("skm-kios");
  let heard = function () {};

  channel.onmessage = function (event) {
    if (event.data === "anyone?") claim(false).then(function (ours) {
      if (ours) channel.postMessage("here");
    });
    else heard();
  };

  class OtherTab extends Error {}

  function isFree(lease, now) {
    // A lease that ends too far ahead was taken before the clock jumped.
    return !lease || lease.owner === me || lease.until < now || lease.until > now + LEASE_MS;
  }

  function lease(meta) {
    return queue.asked(meta.get("lease"));
  }

  function take(meta) {
    meta.put({ owner: me, until: Date.now() + LEASE_MS }, "lease");
  }

  /* Whether this tab is the one in use now; forced, it becomes so. */
  function claim(forced) {
    return queue.within("readwrite", async function (answers, meta) {
      if (!forced && !isFree(await lease(meta), Date.now())) return false;
      take(meta);
      return true;
    });
  }

  /* The first claim of a page: the lease of a tab that was killed holds nobody up. */
  async function enter() {
    if (await claim(false)) return true;
    const alive = await new Promise(function (resolve) {
      heard = function () { resolve(true); };
      setTimeout(function () { resolve(false); }, ANSWER_MS);
      channel.postMessage("anyone?");
    });
    return alive ? false : claim(true);
  }

  /* Inside a transaction: go on only as the tab in use. */
  async function mustOwn(meta, tab) {
    const held = await lease(meta);
    if (held && held.owner !== tab && !isFree(held, Date.now())) throw new OtherTab();
    take(meta);
  }

  function release() {
    return queue.within("readwrite", async function (answers, meta) {
      const held = await lease(meta);
      if (held && held.owner === me) meta.delete("lease");
    });
  }

  return { me, OtherTab, RENEW_MS, enter, claim, mustOwn, release };
})();
