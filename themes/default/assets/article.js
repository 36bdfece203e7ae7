// What reading an article gains by a script, and nothing that is missed without: a note that has no margin opens over the page, words that are
// selected can be copied with their address or as a citation, underlined words that are touched tell who says them, and what a reader has marked in
// one article is marked in the next.
"use strict";

// asked for anew each time: while an editor writes, the page is mended in place
const flowOf = () => document.querySelector(".flow");

// The address of some words: of the claim or else the passage in which they stand, and where they stand there once, the words themselves.
const addressOf = (range, words) => {
  const start = range.startContainer.nodeType === Node.TEXT_NODE ? range.startContainer.parentElement : range.startContainer;
  let place = start.closest("mark[id]");
  while (place && !place.contains(range.endContainer)) place = place.parentElement.closest("mark[id]");
  place ??= start.closest(".block[id], h1");
  const text = flowOf().textContent.replace(/\s+/g, " ");
  const parts = words.split(" ");
  const [first, last] = parts.length > 8 ? [parts.slice(0, 4).join(" "), parts.slice(-4).join(" ")] : [words, ""];
  const isOnce = (some) => text.indexOf(some) >= 0 && text.indexOf(some) === text.lastIndexOf(some);
  const written = [first, last].filter(Boolean).map((some) => encodeURIComponent(some).replaceAll("-", "%2D"));
  const directive = isOnce(first) && (!last || isOnce(last)) ? `:~:text=${written.join(",")}` : "";
  const { href } = document.querySelector("link[rel=canonical]");
  return `${href}${place?.id || directive ? "#" : ""}${place?.id ?? ""}${directive}`;
};

const tex = (text) => text.replace(/[&%$#_{}]/g, "\\$&").replace(/~/g, "\\textasciitilde{}");

const forms = {
  text: (words, address) => `“${words}” ${document.querySelector(".flow h1").textContent.trim()}, ${address}`,
  bibtex: (words, address) =>
    document
      .querySelector("pre.bibtex")
      .textContent.replace(/^ {2}url = \{.*\},$/m, () => `  url = {${address}},\n  note = {\`\`${tex(words)}''},`),
  csl: (words, address) => {
    const items = JSON.parse(document.querySelector("pre.csl").textContent);
    return JSON.stringify([{ ...items[0], URL: address, note: `“${words}”` }], null, 1);
  },
};

const bar = document.getElementById("_cite").content.firstElementChild;
let cited = null;

const settle = () => {
  const flow = flowOf();
  const selection = document.getSelection();
  const range = selection.rangeCount ? selection.getRangeAt(0) : null;
  const words = range && !range.collapsed ? selection.toString().replace(/\s+/g, " ").trim() : "";
  const isOurs = () => [...flow.querySelectorAll(".added")].some((one) => range.intersectsNode(one)); // the archive's words are not the article's
  if (!words || !flow.contains(range.commonAncestorContainer) || isOurs()) {
    if (!bar.contains(document.activeElement)) bar.remove();
    return;
  }
  cited = { words, address: addressOf(range, words) };
  bar.querySelector("[role=status]").textContent = "";
  // behind the words in the page, so that Tab leads from them to it
  const block = (range.endContainer.parentElement ?? flow).closest(".block, header") ?? flow.firstElementChild;
  if (bar.previousElementSibling !== block) block.after(bar);
  const box = range.getBoundingClientRect();
  const around = flow.parentElement.getBoundingClientRect();
  bar.style.insetBlockStart = `${box.bottom - around.top + 8}px`;
  const left = Math.min(Math.max(0, box.left - around.left), Math.max(0, around.width - bar.offsetWidth));
  bar.style.left = `${left}px`;
};

document.addEventListener("selectionchange", () => {
  clearTimeout(settle.waiting);
  settle.waiting = setTimeout(settle, 150);
});
bar.addEventListener("pointerdown", (event) => event.preventDefault()); // the words stay selected
bar.addEventListener("click", async (event) => {
  const form = event.target.closest("button")?.dataset.as;
  if (!form || !cited) return;
  const status = bar.querySelector("[role=status]");
  try {
    await navigator.clipboard.writeText(forms[form](cited.words, cited.address));
    status.textContent = status.dataset.done;
  } catch {
    status.textContent = cited.address; // a browser that lets no page write: the address is there to be copied by hand
  }
});
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") bar.remove();
});

// A note that stands nowhere on the page opens over it, as a sheet.
document.addEventListener("click", (event) => {
  const numeral = event.target.closest(".flow a.k");
  const note = numeral && document.getElementById(numeral.hash.slice(1));
  if (!note?.popover) return;
  const isOpen = note.matches(":popover-open");
  if (!isOpen && getComputedStyle(note).display !== "none") return;
  event.preventDefault();
  if (isOpen) note.hidePopover();
  else note.showPopover({ source: numeral }); // so that Tab leads into it, and Escape back
});

// Who says some underlined words, or which source they name, and what else the lists below the article tell of them: over the page.
const told = document.createElement("aside");
told.className = "popup";
told.popover = "auto";
let scrolled = null; // how far the page was, when it opened

const paragraph = (nodes, className = "") => {
  const made = document.createElement("p");
  if (className) made.className = className;
  made.append(...nodes);
  return made;
};

const copied = (nodes) => [...nodes].map((one) => one.cloneNode(true));

const leading = (place, heading) => {
  const link = document.createElement("a");
  link.href = `#${place}`;
  link.textContent = document.getElementById(heading).textContent;
  return paragraph([link]);
};

const listed = (words) => {
  const link = `a[href="#${CSS.escape(words.id)}"]`;
  const claim = document.querySelector(`.voice ${link}.words`)?.closest("li");
  if (claim) {
    const voice = claim.closest(".voice");
    const who = paragraph(copied(voice.querySelector("h3").childNodes), "what");
    who.lastChild.remove(); // how many statements they are
    const said = paragraph(copied(claim.childNodes));
    said.querySelector("a.words").remove();
    const before = claim.closest("ol").previousElementSibling;
    return [who, said, ...copied(before.matches("p.document") ? [before] : []), leading(voice.id, "_claims")];
  }
  const source = document.querySelector(`.documents .words ${link}`)?.closest("li");
  if (!source) return [];
  const [who, ...rest] = copied(source.childNodes);
  const what = paragraph(rest.slice(0, rest.findIndex((one) => one.matches?.("br"))));
  if (what.firstChild) what.firstChild.textContent = what.firstChild.textContent.replace(/^: /, ""); // that parts both in one line
  return [paragraph([who], "what"), ...(what.textContent.trim() ? [what] : []), leading("_sources", "_sources")];
};

const tell = (words, event) => {
  const found = listed(words);
  if (!found.length) return;
  told.replaceChildren(...found);
  document.body.append(told);
  told.showPopover();
  scrolled = scrollY;
  const box = [...words.getClientRects()].find((one) => event.clientY <= one.bottom) ?? words.getBoundingClientRect();
  const fits = box.bottom + told.offsetHeight + 8 < innerHeight || box.top < told.offsetHeight + 8;
  const most = document.documentElement.clientWidth - told.offsetWidth - 8;
  told.style.left = `${Math.max(8, Math.min(event.clientX - told.offsetWidth / 4, most))}px`;
  told.style.top = `${fits ? box.bottom + 6 : box.top - told.offsetHeight - 6}px`;
};

document.addEventListener("click", (event) => {
  const words = event.target.closest(".flow mark:is(.claim, .citation)[id]");
  if (!words || event.target.closest("a, button") || !document.getSelection().isCollapsed) return;
  if (getComputedStyle(words).textDecorationLine.includes("underline")) tell(words, event);
});
document.addEventListener(
  "scroll",
  () => {
    if (scrolled === null || Math.abs(scrollY - scrolled) < 40) return;
    told.hidePopover();
    scrolled = null;
  },
  { passive: true },
);

// What is marked in the text, kept in this browser alone.
const KEPT = "marked";
let kept = {};
try {
  kept = JSON.parse(localStorage.getItem(KEPT)) ?? {};
} catch {
  // none is kept, or it may not be
}
const mark = () => {
  for (const box of document.querySelectorAll(".layers input")) {
    if (box.id in kept) box.checked = kept[box.id];
  }
};
mark();
document.addEventListener("sitegen:live", mark);
document.addEventListener("change", ({ target: box }) => {
  if (!box.matches(".layers input")) return;
  kept[box.id] = box.checked;
  try {
    localStorage.setItem(KEPT, JSON.stringify(kept));
  } catch {
    // the choice is of this page alone
  }
});
