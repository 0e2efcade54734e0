// What is typed in the guide form is kept: by the server after each pause, in this browser while the server cannot be reached.
const QUIET_MS = 1500;
const RETRY_MS = 15000;
const LOCAL_MS = 300;

const box = document.getElementById("guide-unsaved");
const form = document.getElementById("guide_form");
const KEY = `unsaved:${location.pathname}`;

let dirty = false;
let leaving = false;
let sendTimer;
let localTimer;

function fields() {
  const data = new URLSearchParams(new FormData(form));
  data.delete("csrfmiddlewaretoken");
  return data.toString();
}

const seen = () => form.elements.seen?.value ?? "";
const clock = (when) => new Date(when).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });

function say(words) {
  box.querySelector(".guide-saved").textContent = words;
}

function keepHere(submitted = false) {
  try {
    localStorage.setItem(KEY, JSON.stringify({ at: Date.now(), seen: seen(), fields: fields(), submitted }));
  } catch {
    // Storage is full or forbidden: the server still keeps it.
  }
}

async function post(body) {
  const answer = await fetch(box.dataset.url, {
    method: "POST",
    body,
    headers: { "Content-Type": "application/x-www-form-urlencoded", "X-CSRFToken": form.elements.csrfmiddlewaretoken.value },
    redirect: "manual",
  });
  if (answer.type === "opaqueredirect" || answer.status === 403) throw new Error("You are signed out: sign in in another tab, then go on here.");
  if (!answer.ok) throw new Error("Your text could not be kept by us.");
  return answer.json();
}

async function send() {
  const body = fields();
  try {
    const { others } = await post(body);
    if (body === fields()) localStorage.removeItem(KEY);
    const company = others.length ? ` ${others.join(", ")} ${others.length > 1 ? "are" : "is"} writing here too.` : "";
    say(`Kept at ${clock(Date.now())}, not saved yet.${company}`);
  } catch (error) {
    const why = error instanceof TypeError ? "There is no connection." : error.message;
    say(`${why} Until then it is kept in this browser.`);
    sendTimer = setTimeout(send, RETRY_MS);
  }
}

function changed() {
  dirty = true;
  clearTimeout(localTimer);
  clearTimeout(sendTimer);
  localTimer = setTimeout(keepHere, LOCAL_MS);
  sendTimer = setTimeout(send, QUIET_MS);
}

function found() {
  const kept = JSON.parse(localStorage.getItem(KEY) ?? "null");
  if (!kept) return null;
  const wasSaved = kept.submitted && Number(seen()) > Number(kept.seen);
  if (wasSaved || kept.fields === fields()) {
    localStorage.removeItem(KEY);
    return null;
  }
  return kept;
}

function offer(kept) {
  const notice = document.createElement("p");
  notice.className = "guide-notice";
  notice.append(`This browser kept changes from ${new Date(kept.at).toLocaleString()} that did not reach us. `);
  notice.append(
    button("Bring them back", async () => {
      try {
        await post(kept.fields);
        localStorage.removeItem(KEY);
        leaving = true;
        location.search = "?unsaved=1";
      } catch (error) {
        say(error.message);
      }
    }),
    " ",
    button("Throw them away", () => {
      localStorage.removeItem(KEY);
      notice.remove();
    }),
  );
  box.prepend(notice);
}

function button(words, action) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "button";
  made.textContent = words;
  made.addEventListener("click", action);
  return made;
}

if (box && form) {
  const kept = found();
  if (kept) offer(kept);
  if ("restored" in box.dataset) dirty = true;
  form.addEventListener("input", changed);
  form.addEventListener("change", changed);
  document.addEventListener("formset:added", changed);
  document.addEventListener("formset:removed", changed);
  form.addEventListener("submit", () => {
    leaving = true;
    clearTimeout(sendTimer);
    keepHere(true);
  });
  addEventListener("beforeunload", (event) => {
    if (dirty && !leaving) event.preventDefault();
  });
  addEventListener("pageshow", () => {
    leaving = false; // back to a form whose save failed
  });
}
