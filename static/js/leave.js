/* Counts how often the link to an employer's own site is followed. Sends the job's number, without cookies. Programs that
   drive a browser are not readers. The link works the same without this file. */
(() => {
  "use strict";
  const { to } = document.currentScript.dataset;
  if (navigator.webdriver) return;
  const follow = (event) => {
    const link = event.button < 2 && event.target.closest("a[data-leave]");
    if (!link) return;
    fetch(to, { method: "POST", body: `job=${link.dataset.leave}`, keepalive: true, credentials: "omit" }).catch(() => {}); // a count may get lost
  };
  document.addEventListener("click", follow);
  document.addEventListener("auxclick", follow);
})();
