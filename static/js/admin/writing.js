// Texts of the guide form: counted while they are written, shown as the page will show them, pasted lists without their bullets.
const form = document.getElementById("guide_form");
const box = document.getElementById("guide-unsaved");
const PAUSE_MS = 400;
const DESCRIPTION = 155; // characters of a description that search engines show

const isLines = (area) => "lines" in area.dataset;
const isProse = (area) => !isLines(area) && !area.name.endsWith("standfirst") && !area.closest(".guide-paste");

function count(area) {
  const text = area.value.trim();
  if (isLines(area)) {
    const items = text.split(/\r?\n/).filter((line) => line.trim() && !line.startsWith("# ")).length;
    return `${items} item${items === 1 ? "" : "s"}`;
  }
  const words = text ? text.split(/\s+/).length : 0;
  const said = `${words} word${words === 1 ? "" : "s"}`;
  if (isProse(area)) return said;
  const rest = text.length > DESCRIPTION ? ` Search engines show about ${DESCRIPTION}.` : "";
  return `${said}, ${text.length} of ${area.maxLength} characters.${rest}`;
}

async function render(area, pane) {
  const body = new URLSearchParams({ text: area.value, csrfmiddlewaretoken: form.elements.csrfmiddlewaretoken.value });
  try {
    const answer = await fetch(box.dataset.markdown, { method: "POST", body });
    pane.innerHTML = answer.ok ? await answer.text() : "";
    if (!answer.ok) pane.textContent = await answer.text();
  } catch {
    pane.textContent = "There is no connection.";
  }
}

function equip(area) {
  if (area.name.includes("__prefix__") || area.dataset.counted) return;
  area.dataset.counted = "yes";
  const line = document.createElement("p");
  line.className = "guide-count help";
  const number = document.createElement("span");
  line.append(number);
  const update = () => {
    number.textContent = count(area);
  };
  update();
  area.addEventListener("input", update);
  (area.closest(".flex-container") ?? area).after(line);
  if (isProse(area) && box) offerPreview(area, line);
}

function offerPreview(area, line) {
  const toggle = document.createElement("button");
  toggle.type = "button";
  toggle.className = "guide-preview-toggle";
  toggle.textContent = "Show as on the page";
  toggle.setAttribute("aria-expanded", "false");
  const pane = document.createElement("div");
  pane.className = "guide-preview";
  pane.hidden = true;
  let timer;
  toggle.addEventListener("click", () => {
    pane.hidden = !pane.hidden;
    toggle.setAttribute("aria-expanded", String(!pane.hidden));
    if (!pane.hidden) render(area, pane);
  });
  area.addEventListener("input", () => {
    clearTimeout(timer);
    if (!pane.hidden) timer = setTimeout(render, PAUSE_MS, area, pane);
  });
  line.append(" ", toggle);
  line.after(pane);
}

// A list that is pasted from a document brings its bullets and numbers along.
function withoutBullets(event) {
  const area = event.target;
  if (!(area instanceof HTMLTextAreaElement) || !isLines(area)) return;
  const text = event.clipboardData.getData("text/plain");
  const clean = text.replace(/^[ \t]*(?:[•◦▪*–—-]|\d{1,3}[.)])[ \t]+/gm, "");
  if (clean === text) return;
  event.preventDefault();
  area.setRangeText(clean, area.selectionStart, area.selectionEnd, "end");
  area.dispatchEvent(new Event("input", { bubbles: true }));
}

if (form) {
  form.querySelectorAll("textarea").forEach(equip);
  document.addEventListener("formset:added", (event) => event.target.querySelectorAll("textarea").forEach(equip));
  form.addEventListener("paste", withoutBullets);
}
