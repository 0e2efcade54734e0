// Rows of the guide form: put in order by dragging or with two buttons, and many pasted at once.
// The server reads only the number of each row; the page is moved for the eye.
const form = document.getElementById("guide_form");

const rowsOf = (group) => [...group.querySelectorAll("tr.form-row, .inline-related")].filter((row) => row.matches(".has_original, [class*='dynamic-']") && !row.matches(".empty-form, .tabular"));
const positionOf = (row) => row.querySelector("input[name$='-position']");
const indexOf = (row) => Number(/-(\d+)-position$/.exec(positionOf(row)?.name ?? "")?.[1] ?? 0);

function arrange(rows) {
  const last = rows.at(-1)?.parentNode;
  const marker = last?.querySelector(":scope > .empty-form, :scope > .add-row");
  for (const row of rows) last.insertBefore(row, marker ?? null);
}

const byNumber = (rows) => [...rows].sort((a, b) => (Number(positionOf(a).value) || Infinity) - (Number(positionOf(b).value) || Infinity));
const byIndex = (rows) => [...rows].sort((a, b) => indexOf(a) - indexOf(b));

function number(group) {
  rowsOf(group).forEach((row, place) => {
    positionOf(row).value = place + 1;
  });
  form.dispatchEvent(new Event("input"));
}

function move(group, row, step, pressed) {
  const rows = rowsOf(group);
  const from = rows.indexOf(row);
  const to = from + step;
  if (to < 0 || to >= rows.length) return;
  rows.splice(from, 1);
  rows.splice(to, 0, row);
  arrange(rows);
  number(group);
  pressed?.focus();
  say(group, `Row ${to + 1} of ${rows.length}`);
}

function say(group, words) {
  let place = group.querySelector(":scope > .guide-said");
  if (!place) {
    place = document.createElement("p");
    place.className = "guide-said visually-hidden";
    place.setAttribute("role", "status");
    group.append(place);
  }
  place.textContent = words;
}

function button(words, label, action) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "guide-move";
  made.textContent = words;
  made.setAttribute("aria-label", label);
  made.addEventListener("click", action);
  return made;
}

let dragged;

function equip(group, row) {
  const position = positionOf(row);
  if (!position || row.querySelector(".guide-moves")) return;
  const moves = document.createElement("span");
  moves.className = "guide-moves";
  const handle = document.createElement("span");
  handle.className = "guide-handle";
  handle.setAttribute("aria-hidden", "true");
  handle.textContent = "⠿";
  handle.title = "Drag to another place";
  handle.draggable = true;
  const up = button("↑", "Move up", () => move(group, row, -1, up));
  const down = button("↓", "Move down", () => move(group, row, 1, down));
  moves.append(handle, up, down);
  position.after(moves);
  handle.addEventListener("dragstart", (event) => {
    dragged = row;
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", ""); // Firefox drags nothing without it
    event.dataTransfer.setDragImage(row, 0, 0);
    row.classList.add("guide-dragged");
  });
  handle.addEventListener("dragend", () => {
    row.classList.remove("guide-dragged");
    dragged = undefined;
  });
  row.addEventListener("dragover", (event) => {
    if (dragged && dragged !== row && dragged.parentNode === row.parentNode) event.preventDefault();
  });
  row.addEventListener("drop", (event) => {
    if (!dragged || dragged === row || dragged.parentNode !== row.parentNode) return;
    event.preventDefault();
    const rows = rowsOf(group).filter((other) => other !== dragged);
    const isBelow = event.clientY > row.getBoundingClientRect().top + row.offsetHeight / 2;
    rows.splice(rows.indexOf(row) + (isBelow ? 1 : 0), 0, dragged);
    arrange(rows);
    number(group);
  });
}

// --- many at once: one row a line, columns by tab, as a spreadsheet copies them
const textsOf = (row) => [...row.querySelectorAll("input[type=text], input[type=url], textarea")].filter((input) => !input.name.endsWith("-position") && !input.closest(".guide-paste"));

function paste(group, text) {
  const lines = text.split(/\r?\n/).map((line) => line.replace(/^\s*(?:[•◦▪*–—-]|\d{1,3}[.)])\s+/, "").trim()).filter(Boolean);
  for (const line of lines) {
    group.querySelector(".add-row a, .add-row button")?.click();
    const row = rowsOf(group).at(-1);
    line.split("\t").forEach((cell, column) => {
      const input = textsOf(row)[column];
      if (input) input.value = cell.trim();
    });
  }
  form.dispatchEvent(new Event("input"));
  say(group, `${lines.length} rows added`);
}

function offerPaste(group) {
  const add = group.querySelector(".add-row a, .add-row button");
  const template = group.querySelector(".empty-form");
  if (!add || !template || textsOf(template).length === 0) return;
  const details = document.createElement("details");
  details.className = "guide-paste";
  const summary = document.createElement("summary");
  summary.textContent = "Paste many";
  const label = document.createElement("label");
  const names = textsOf(template).map((input) => /__prefix__-(.+)$/.exec(input.name)?.[1].replaceAll("_", " ")).join(", ");
  label.textContent = `One row a line; between columns (${names}) a tab, as spreadsheets copy them.`;
  const area = document.createElement("textarea");
  area.rows = 4;
  label.append(area);
  const go = document.createElement("button");
  go.type = "button";
  go.className = "button";
  go.textContent = "Add these rows";
  go.addEventListener("click", () => {
    paste(group, area.value);
    area.value = "";
    details.open = false;
  });
  details.append(summary, label, go);
  group.append(details);
}

function start() {
  for (const group of form.querySelectorAll(".inline-group")) {
    const rows = rowsOf(group).filter(positionOf);
    if (rows.length && rows.every((row) => Number(positionOf(row).value) > 0)) arrange(byNumber(rows));
    rows.forEach((row) => equip(group, row));
    offerPaste(group);
    // Django numbers the rows anew by their order on the page when a new one is taken out: give it the order that it knows.
    group.addEventListener(
      "click",
      (event) => {
        if (!event.target.closest(".inline-deletelink")) return;
        const before = rowsOf(group);
        arrange(byIndex(before));
        setTimeout(() => arrange(before.filter((row) => row.isConnected)));
      },
      true,
    );
  }
  document.addEventListener("formset:added", (event) => {
    const group = event.target.closest(".inline-group");
    if (group) equip(group, event.target);
  });
}

if (form) addEventListener("load", () => setTimeout(start));
