// Folded parts of the guide form: a link from "Ready to publish?" opens its part, and what is open stays open after saving.
const KEY = `open:${location.pathname}`;

const nameOf = (details) => details.querySelector("summary [id]")?.id;

function reveal() {
  const target = location.hash && document.getElementById(location.hash.slice(1));
  if (!target) return;
  const details = target.closest("details") ?? target.querySelector("details");
  if (details) details.open = true;
  target.scrollIntoView({ block: "start" });
  (target.matches("input, select, textarea") ? target : details?.querySelector("summary"))?.focus({ preventScroll: true });
}

function remember() {
  const open = [...document.querySelectorAll("#guide_form details[open]")].map(nameOf).filter(Boolean);
  sessionStorage.setItem(KEY, JSON.stringify(open));
}

function restore() {
  const open = new Set(JSON.parse(sessionStorage.getItem(KEY) ?? "[]"));
  for (const details of document.querySelectorAll("#guide_form details")) {
    if (open.has(nameOf(details))) details.open = true;
  }
}

if (document.getElementById("guide_form")) {
  restore();
  reveal();
  addEventListener("hashchange", reveal);
  document.getElementById("guide_form").addEventListener("submit", remember);
}
