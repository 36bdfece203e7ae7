// The key "/" leads to the search from every page, and to its field on its own.
"use strict";

const { search } = document.currentScript.dataset;

document.addEventListener("keydown", (event) => {
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
  if (event.target.closest?.("input, textarea, select, [contenteditable]")) return;
  event.preventDefault();
  const field = document.querySelector("[data-finder] input[type=search]");
  if (field) field.focus();
  else location.assign(search);
});
