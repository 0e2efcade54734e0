/* Dragging a card to another column: sets the card's own select and sends its form, as the button Move does. */
(() => {
  "use strict";
  const board = document.querySelector(".board");
  if (!board || !matchMedia("(pointer: fine)").matches) return;
  let dragged = null;
  const laneOf = (event) => event.target.closest("[data-lane]");
  const unmark = () => { for (const lane of board.querySelectorAll(".lane--over")) lane.classList.remove("lane--over"); };
  for (const ticket of board.querySelectorAll("[data-ticket]")) ticket.draggable = true;
  board.addEventListener("dragstart", (event) => {
    dragged = event.target.closest?.("[data-ticket]") ?? null;
    if (!dragged) return;
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", dragged.querySelector("h3").textContent);
    dragged.classList.add("ticket--dragged");
  });
  board.addEventListener("dragover", (event) => {
    const lane = dragged && laneOf(event);
    if (!lane) return;
    event.preventDefault();
    event.dataTransfer.dropEffect = "move";
    if (lane.classList.contains("lane--over")) return;
    unmark();
    lane.classList.add("lane--over");
  });
  board.addEventListener("drop", (event) => {
    const lane = dragged && laneOf(event);
    if (!lane) return;
    event.preventDefault();
    if (lane.contains(dragged)) return;
    const form = dragged.querySelector("form.move");
    form.elements.namedItem("status").value = lane.dataset.lane;
    form.requestSubmit();
  });
  board.addEventListener("dragend", () => {
    dragged?.classList.remove("ticket--dragged");
    dragged = null;
    unmark();
  });
})();
