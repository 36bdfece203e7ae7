// What a link leads to, in short, over the page: on hover, on focus, and where a finger rests on it. Escape closes it. Without this script the
// link leads to the page itself, as it does with it.
"use strict";

const { home, of } = document.currentScript.dataset;
const leads = new RegExp(`^${home.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}(${of.split(" ").join("|")})/[^/]+/$`);
const fetched = new Map();
const card = document.createElement("aside");
card.id = "_popup";
card.className = "popup";
card.popover = "manual";
let shown = null;
let waiting = 0;

const linkOf = (event) => {
  const link = event.target.closest?.("main a[href]:not(.cells *)"); // cells of a strip lie too close for it
  return link && link.origin === location.origin && leads.test(link.pathname) && !card.contains(link) ? link : null;
};

// where a page allows no markup from text (Trusted Types), what this site's own addresses answer is let through
const trusted = globalThis.trustedTypes ? trustedTypes.createPolicy("sitegen-popup", { createHTML: (text) => text }) : { createHTML: (text) => text };

const fragment = (path) => {
  if (!fetched.has(path)) {
    const made = fetch(`${path}popup.html`).then(async (found) => {
      if (!found.ok) throw new Error(found.statusText);
      return new DOMParser().parseFromString(trusted.createHTML(await found.text()), "text/html").querySelector("main");
    });
    fetched.set(path, made);
    made.catch(() => fetched.delete(path));
  }
  return fetched.get(path);
};

const close = () => {
  clearTimeout(waiting);
  shown?.removeAttribute("aria-describedby");
  shown = null;
  if (card.isConnected && card.matches(":popover-open")) card.hidePopover();
};

const place = (link, x) => {
  const boxes = [...link.getClientRects()];
  const box = boxes.find((one) => x >= one.left && x <= one.right) ?? boxes[0];
  const width = card.offsetWidth;
  const fits = box.bottom + card.offsetHeight + 8 < innerHeight || box.top < card.offsetHeight + 8;
  card.style.left = `${Math.min(Math.max(8, (x ?? box.left) - width / 4), Math.max(8, document.documentElement.clientWidth - width - 8))}px`;
  card.style.top = fits ? `${box.bottom + 6}px` : `${box.top - card.offsetHeight - 6}px`;
};

const open = (link, after, x) => {
  if (link === shown) {
    clearTimeout(waiting);
    return;
  }
  clearTimeout(waiting);
  waiting = setTimeout(async () => {
    try {
      const found = await fragment(link.pathname);
      if (!link.isConnected) return;
      close();
      card.replaceChildren(...[...found.childNodes].map((one) => one.cloneNode(true)));
      // the headings of the page below stay as they are
      for (const one of card.querySelectorAll("h1")) {
        const title = document.createElement("p");
        title.className = one.className;
        title.append(...one.childNodes);
        one.replaceWith(title);
      }
      if (!card.isConnected) document.body.append(card);
      card.showPopover();
      place(link, x);
      shown = link;
      link.setAttribute("aria-describedby", card.id);
    } catch {
      // away from the network the link is all there is
    }
  }, after);
};

const leave = () => {
  clearTimeout(waiting);
  waiting = setTimeout(close, 250);
};

document.addEventListener("pointerover", (event) => {
  if (event.pointerType !== "mouse") return;
  const link = linkOf(event);
  if (link) open(link, 300, event.clientX);
  else if (card.contains(event.target)) clearTimeout(waiting);
  else leave();
});
document.addEventListener("focusin", (event) => {
  const link = linkOf(event);
  if (link && link.matches(":focus-visible")) open(link, 300);
  else if (!card.contains(event.target)) leave();
});
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") close();
});
addEventListener("scroll", () => shown && place(shown), { passive: true });

// a finger that rests: the card, and not the page or the browser's own menu
let held = null;
document.addEventListener("pointerdown", (event) => {
  if (event.pointerType === "mouse") return;
  if (!card.contains(event.target)) close();
  const link = linkOf(event);
  held = null;
  if (link) {
    open(link, 450, event.clientX);
    held = { link, at: Date.now() };
  }
});
for (const end of ["pointercancel", "pointermove"]) {
  document.addEventListener(end, (event) => {
    if (held && (end === "pointercancel" || Math.hypot(event.movementX, event.movementY) > 6)) {
      if (shown !== held.link) clearTimeout(waiting);
      held = null;
    }
  });
}
document.addEventListener("contextmenu", (event) => {
  if (held && linkOf(event) === held.link) event.preventDefault();
});
document.addEventListener(
  "click",
  (event) => {
    if (held && linkOf(event) === held.link && Date.now() - held.at > 450) event.preventDefault();
    else if (held) clearTimeout(waiting);
    held = null;
  },
  true,
);
