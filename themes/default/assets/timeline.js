// A strip of the timeline is one stop of the Tab key, and arrow keys go from cell to cell. Without this script each cell is a stop.
"use strict";

for (const strip of document.querySelectorAll(".heat, .lanes ul")) {
  const cells = [...strip.querySelectorAll(".cells a")];
  const stopAt = (cell) => cells.forEach((one) => (one.tabIndex = one === cell ? 0 : -1));
  if (cells.length) stopAt(cells[0]);

  // the nearest cell above (-1) or below (1)
  const across = (from, sign) => {
    const { left, top } = from.getBoundingClientRect();
    const away = (one) => {
      const box = one.getBoundingClientRect();
      const down = sign * (box.top - top);
      return down > 1 ? down * 10 + Math.abs(box.left - left) : Infinity;
    };
    const best = cells.reduce((a, b) => (away(b) < away(a) ? b : a));
    return away(best) < Infinity ? best : undefined;
  };

  strip.addEventListener("focusin", (event) => {
    if (cells.includes(event.target)) stopAt(event.target);
  });
  strip.addEventListener("keydown", (event) => {
    const at = cells.indexOf(event.target);
    if (at < 0 || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    const on = getComputedStyle(strip).direction === "rtl" ? -1 : 1;
    const to = {
      ArrowRight: () => cells[at + on],
      ArrowLeft: () => cells[at - on],
      ArrowDown: () => across(event.target, 1),
      ArrowUp: () => across(event.target, -1),
      Home: () => cells[0],
      End: () => cells[cells.length - 1],
    }[event.key];
    if (!to) return;
    event.preventDefault();
    to()?.focus();
  });
}
