/* Counts ads: seen when half of the box was in view for a second, once a page; followed when its link was. Sends the ad's
   number and its place, without cookies. Programs that drive a browser are not readers. */
(() => {
  "use strict";
  const { to } = document.currentScript.dataset;
  if (navigator.webdriver || !window.IntersectionObserver) return;
  const HALF = 0.5;
  const A_SECOND = 1000;
  const done = new Set(); // seen on this page
  const timers = new Map();
  let seen = []; // and not sent yet

  const send = (click) => {
    const parts = seen.map((ad) => `seen=${ad}`).concat(click ? `click=${click}` : []);
    seen = [];
    if (!parts.length) return;
    fetch(to, { method: "POST", body: parts.join("&"), keepalive: true, credentials: "omit" }).catch(() => {}); // a count may get lost
  };

  const note = (box) => {
    timers.delete(box);
    const { ad } = box.dataset;
    const place = ad.split(".")[1];
    if (document.visibilityState !== "visible" || done.has(ad) || !box.isConnected) return;
    if (seen.some((other) => other.endsWith(`.${place}`))) send(); // a report names each place once
    done.add(ad);
    seen.push(ad);
  };
  const watcher = new IntersectionObserver((entries) => {
    for (const { target, intersectionRatio } of entries) {
      const box = target.closest(".ad");
      if (intersectionRatio < HALF) {
        clearTimeout(timers.get(box));
        timers.delete(box);
      } else if (!timers.has(box)) {
        timers.set(box, setTimeout(note, A_SECOND, box));
      }
    }
  }, { threshold: HALF });
  const watch = (within) => {
    for (const box of within.querySelectorAll("[data-ad]:not([data-watched]) .ad-box")) {
      box.closest(".ad").dataset.watched = "";
      watcher.observe(box);
    }
  };

  const follow = (event) => {
    const link = event.button < 2 && event.target.closest("[data-ad] .ad-link");
    if (link) send(link.closest("[data-ad]").dataset.ad);
  };
  document.addEventListener("click", follow);
  document.addEventListener("auxclick", follow);
  document.addEventListener("visibilitychange", () => { if (document.visibilityState === "hidden") send(); });
  addEventListener("pagehide", () => send());
  document.addEventListener("htmx:afterSettle", () => watch(document));
  watch(document);
})();
