/* Notes that a member follows the link to an employer's own site, and asks on coming back. The button "I applied" does the
   same without this file. */
(() => {
  "use strict";
  const form = document.querySelector("form[data-left]");
  const link = document.querySelector("#apply a[rel~='external']");
  const question = document.querySelector("[data-question]");
  if (!form || !link) return;
  let gone = false;
  const leave = (event) => {
    if (event.button > 1) return;
    gone = true;
    fetch(form.dataset.left, { method: "POST", body: new FormData(form), keepalive: true }).catch(() => {}); // the button is still there
  };
  const ask = () => {
    if (gone && document.visibilityState === "visible" && question) question.hidden = false;
  };
  link.addEventListener("click", leave);
  link.addEventListener("auxclick", leave);
  document.addEventListener("visibilitychange", ask);
  addEventListener("focus", ask);
})();
