// Finds an article's blocks in the page, whatever the theme has made of them, so that words of the one lead to words of the other.
// Offsets are of code points, as the files' are; those of the browser count UTF-16 units.
const ASIDE = "script, style, template, noscript, svg, nav, aside, select, button, [aria-hidden=true], .side";
const flat = (text) => text.replace(/\s/g, " ");

// Where each sign of a text begins in UTF-16 units, with its end; null where every sign is one unit, as in most texts.
const unitsOf = (text) => {
  if (!/[\ud800-\udbff][\udc00-\udfff]/.test(text)) return null;
  const out = [0];
  for (const sign of text) out.push(out.at(-1) + sign.length);
  return out;
};
// The place of a number in a list that grows: of the last that is not above it.
const placeOf = (list, number) => {
  let [low, high] = [0, list.length];
  while (low + 1 < high) {
    const middle = (low + high) >> 1;
    if (list[middle] <= number) low = middle;
    else high = middle;
  }
  return low;
};

export class Words {
  // `blocks`: {kind, text}, the title first, then the others in reading order; so many of these stand `above` the title
  constructor(blocks, above = 0) {
    this.blocks = blocks.map((one) => ({ ...one, text: flat(one.text), at: -1, units: unitsOf(one.text) }));
    this.find(above);
  }

  // The text of the page as one string, and for each sign of it the node and the offset at which it stands.
  find(above) {
    const root = document.querySelector("main") || document.body;
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT, (node) =>
      node.parentElement.closest(ASIDE) ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT,
    );
    const signs = [];
    this.nodes = [];
    this.offsets = [];
    this.first = new Map();
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      this.first.set(node, signs.length);
      const text = node.data;
      for (let offset = 0; offset < text.length; offset += 1) {
        const sign = /\s/.test(text[offset]) ? " " : text[offset];
        if (sign === " " && signs.at(-1) === " ") continue;
        signs.push(sign);
        this.nodes.push(node);
        this.offsets.push(offset);
      }
    }
    const text = signs.join("");
    const wantedOf = (block) => block.text.replace(/ {2,}/g, " ").trim();
    const [title, ...others] = this.blocks;
    let from = 0;
    for (const block of title ? [title, ...others.slice(above)] : []) {
      const wanted = wantedOf(block);
      block.at = wanted ? text.indexOf(wanted, from) : -1;
      if (block.at < 0 && wanted) block.at = text.indexOf(wanted);
      else if (block.at >= 0) from = block.at + wanted.length;
    }
    // those above the title from there upwards: what a theme prints before them may hold the same words, such as a date
    let before = title ? title.at : -1;
    for (const block of others.slice(0, above).reverse()) {
      const wanted = wantedOf(block);
      block.at = wanted && before >= wanted.length ? text.lastIndexOf(wanted, before - wanted.length) : -1;
      if (block.at >= 0) before = block.at;
    }
  }

  // What a place within a block is in UTF-16 units, and back.
  unit(block, point) {
    const { text, units } = this.blocks[block];
    return units ? units[Math.min(point, units.length - 1)] : Math.min(point, text.length);
  }

  point(block, unit) {
    const { text, units } = this.blocks[block];
    return units ? placeOf(units, unit) : Math.min(unit, text.length);
  }

  length(block) {
    return this.point(block, this.blocks[block].text.length);
  }

  // The words at `start:end` of a block as a range of the page; null where the page does not show them.
  range(block, start, end) {
    const one = this.blocks[block];
    if (!one || one.at < 0 || end <= start) return null;
    const [first, last] = [one.at + this.unit(block, start), one.at + this.unit(block, end) - 1];
    if (last >= this.nodes.length) return null;
    const range = document.createRange();
    range.setStart(this.nodes[first], this.offsets[first]);
    range.setEnd(this.nodes[last], this.offsets[last] + 1);
    return range;
  }

  // Where a place of the page stands in a block: {block, at}; null where it is none of the article's words.
  place(node, offset) {
    if (node.nodeType !== Node.TEXT_NODE) {
      const inner = node.childNodes[offset] || node.childNodes[node.childNodes.length - 1];
      const walker = inner ? document.createTreeWalker(inner, NodeFilter.SHOW_TEXT) : null;
      const text = inner && inner.nodeType === Node.TEXT_NODE ? inner : walker && walker.nextNode();
      if (!text) return null;
      return this.place(text, node.childNodes[offset] ? 0 : text.data.length);
    }
    const first = this.first.get(node);
    if (first === undefined) return null;
    let index = first;
    while (index < this.nodes.length && this.nodes[index] === node && this.offsets[index] < offset) index += 1;
    const number = this.blocks.findIndex((one) => one.at >= 0 && one.at <= index && index <= one.at + one.text.length);
    return number < 0 ? null : { block: number, at: this.point(number, index - this.blocks[number].at) };
  }

  // The words that a selection of the page holds, as {block, start, end}: those of the block in which it begins.
  selected(selection = getSelection()) {
    if (!selection || selection.isCollapsed || !selection.rangeCount) return null;
    const range = selection.getRangeAt(0);
    const start = this.place(range.startContainer, range.startOffset);
    const end = this.place(range.endContainer, range.endOffset);
    if (!start) return null;
    const until = end && end.block === start.block ? end.at : this.length(start.block);
    return until > start.at ? { block: start.block, start: start.at, end: until } : null;
  }

  // The borders of the words of a block, in order, as [start, end] pairs.
  borders(block) {
    const text = this.blocks[block].text;
    return [...text.matchAll(/\S+/g)].map((found) => [this.point(block, found.index), this.point(block, found.index + found[0].length)]);
  }

  // The borders of its sentences.
  sentences(block) {
    const text = this.blocks[block].text;
    if (!Intl.Segmenter) return [[0, this.length(block)]];
    return [...new Intl.Segmenter(document.documentElement.lang || "en", { granularity: "sentence" }).segment(text)].map((one) => [
      this.point(block, one.index),
      this.point(block, one.index + one.segment.trimEnd().length),
    ]);
  }
}

// Colours words of the page without touching it.
export const mark = (name, ranges) => {
  if (!CSS.highlights) return;
  const kept = ranges.filter(Boolean);
  if (kept.length) CSS.highlights.set(name, new Highlight(...kept));
  else CSS.highlights.delete(name);
};
