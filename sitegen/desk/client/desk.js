// The desk beside a page: judges what an import has proposed, one after the other in reading order, and adds to it. Every act is one edit of
// the page's files, which the server proves and writes; here is nothing that they do not say.
import { ask, editor, encoded, Failed, made, tell } from "./api.js";
import { Forms, slug } from "./forms.js";
import { PointMap } from "./pointmap.js";
import { mark, Words } from "./words.js";

const key = document.querySelector("script[data-desk]")?.dataset.desk || "";
const SURE = /^(sure|likely|doubtful): ([^]*)$/;
const KINDS = {
  claims: "Claim", annotations: "Note", sources: "Source cited", images: "Picture", date_basis: "What tells the date", corrections: "Correction",
  places: "Place", topics: "Topic", pages: "Page", mention: "What a name means here",
};
const PAGE_KINDS = { places: "Page of a place", topics: "Page of a topic", sources: "Page of a source", claims: "Page of a claim", pages: "Page" };
const TABLES = { claims: "Appearance", annotations: "Annotation", sources: "Citation", images: "Image", date_basis: "DateBasis", corrections: "Correction" };
const FIELDS = { s: "source", l: "claim", f: "figures", d: "as_of", p: "places", t: "topics" };
const HELP = [
  ["y", "keep"], ["n", "drop"], ["j / k", "next, before"], ["a", "all like this"], ["e", "change"], ["s l f d p t", "its source, claim, figures, date, places, topics"],
  ["← →", "its last word; with Shift its first"], ["m", "select words by keyboard"], ["u", "undo"], ["c", "all is checked"], ["?", "these keys"],
];
const WAITING = ["imported", "in-work"]; // states of review in which something waits for an editor
const today = () => new Date().toISOString().slice(0, 10);
const short = (text, length = 90) => (text.length > length ? `${text.slice(0, length - 1)}…` : text);
const told = (value) => {
  if (Array.isArray(value)) return value.map(told).join(", ");
  if (value && typeof value === "object") return Object.entries(value).filter(([name]) => name !== "rule").map(([name, one]) => (["value", "date", "quote", "source"].includes(name) ? told(one) : `${name.replaceAll("_", " ")} ${told(one)}`)).join(", ");
  return String(value ?? "");
};

class Desk {
  constructor() {
    this.host = document.createElement("sitegen-desk");
    this.shadow = this.host.attachShadow({ mode: "open" });
    const sheet = document.createElement("link");
    sheet.rel = "stylesheet";
    sheet.href = new URL("desk.css", import.meta.url).href;
    this.body = made("div", { class: "body" });
    this.status = made("div", { class: "status", role: "status", "aria-live": "polite" });
    this.actions = made("div", { class: "actions" });
    this.panel = made("section", { class: "panel", "aria-label": "The desk" }, this.body, this.actions, this.status);
    this.layer = made("div", { class: "layer" });
    this.shadow.append(sheet, this.panel, this.layer);
    document.documentElement.append(this.host);
    const page = new CSSStyleSheet();
    page.replaceSync(`
      @media (min-width: 60rem) { html { margin-inline-end: 25rem } }
      @media (max-width: 59.99rem) { html { margin-block-end: 46vh } }
      @media print { html { margin: 0 } }
      ::highlight(desk-undecided) { background: color-mix(in srgb, #f2b400 38%, transparent) }
      ::highlight(desk-decided) { background: color-mix(in srgb, #3a86c8 20%, transparent) }
      ::highlight(desk-page) { text-decoration: underline 2px dotted #b06f00 }
      ::highlight(desk-current) { background: #f2b400; color: #111 }
      ::highlight(desk-caret) { background: #2f6fde; color: #fff }`);
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, page];
    this.current = null; // the item that is judged
    this.selected = null; // words that are selected: {block, start, end}
    this.form = null;
    this.isFolded = sessionStorage.getItem("sitegen-desk-folded") === "yes";
    addEventListener("keydown", (event) => this.pressed(event), true);
    document.addEventListener("sitegen:live", () => this.found());
    document.addEventListener("selectionchange", () => {
      this.held = this.words?.selected() || null;
      clearTimeout(this.waiting);
      this.waiting = setTimeout(() => this.chosen(), 250);
    });
    addEventListener("resize", () => this.handles());
    addEventListener("scroll", () => this.handles(), { passive: true });
  }

  async begin() {
    try {
      this.tables = await ask("tables");
    } catch (error) {
      if (!(error instanceof Failed)) throw error;
      this.body.replaceChildren(made("p", { class: "wrong", role: "alert" }, error.message));
      return;
    }
    await this.load();
  }

  // What the files say now.
  async load(sheet = null) {
    try {
      this.sheet = sheet || (await ask("page", { key }));
    } catch (error) {
      if (!(error instanceof Failed)) throw error;
      this.body.replaceChildren(this.head(), made("p", { class: "wrong", role: "alert" }, error.message));
      return;
    }
    // the words of the page are sought anew where it is another, or it has been made anew (`found`)
    const blocks = JSON.stringify(this.sheet.blocks);
    if (this.sheet.blocks.length && blocks !== this.blocks) this.words = new Words(this.sheet.blocks, this.sheet.above);
    this.blocks = blocks;
    this.items = this.sheet.blocks.length ? this.listed() : [];
    if (this.current) this.current = this.items.find((one) => one.name === this.current.name) || this.after(this.current);
    const asked = decodeURIComponent(/#_desk=(.*)/.exec(location.hash)?.[1] || "");
    if (asked && this.asked !== asked) {
      this.asked = asked;
      const [path, line] = [asked.replace(/:\d+$/, ""), Number(asked.match(/:(\d+)$/)?.[1] || 0)];
      this.current = this.items.filter((one) => one.entry?.path === path && one.entry.line <= line).sort((a, b) => b.entry.line - a.entry.line)[0] || null;
    }
    this.current ||= this.items.find((one) => one.undecided) || null;
    if (!this.left.length && this.current && !asked) this.current = this.items.includes(this.current) ? this.current : null;
    this.show();
  }

  // The page was made anew: its words stand elsewhere in it.
  found() {
    if (!this.words) return;
    const held = this.held; // what somebody has selected in the words that were replaced
    this.words = new Words(this.sheet.blocks, this.sheet.above);
    const range = held ? this.words.range(held.block, held.start, held.end) : null;
    if (range) getSelection().setBaseAndExtent(range.startContainer, range.startOffset, range.endContainer, range.endOffset);
    this.colour();
  }

  // All that there is to judge, in reading order.
  listed() {
    const items = [];
    for (const entry of this.sheet.entries) {
      const value = entry.value || {};
      const at = entry.found || entry.parts.find((one) => one.found)?.found || this.sought(value.quote);
      items.push({
        name: `${entry.list}:${entry.id || entry.at.join("/")}`, kind: entry.list, entry, at, value, todo: value.todo || "",
        undecided: Boolean(value.todo) || WAITING.includes(value.review?.state),
        title: value.quote || value.caption || value.total?.quote || value.source || value.rule || "",
      });
    }
    // corrections of mentions that came from elsewhere
    for (const one of this.sheet.keys.places?.value?.proposed || []) {
      items.push({ name: `mention:${one.wording}`, kind: "mention", mention: one, at: this.sought(one.wording), value: one, todo: one.todo || "", undecided: true, title: one.wording });
    }
    for (const page of this.sheet.pages || []) {
      const todo = page.keys?.todo?.value || "";
      const value = Object.fromEntries(Object.entries(page.keys || {}).map(([name, one]) => [name, one.value]));
      items.push({ name: `page:${page.key}`, kind: page.key.split("/")[0], page, at: page.at, value, todo, undecided: true, title: value.name || value.title || page.key });
    }
    const rank = (one) => (one.at ? [0, ...one.at.slice(0, 2)] : [1, 0, 0]);
    return items.map((one, number) => ({ one, number, rank: rank(one) })).sort((a, b) => a.rank[0] - b.rank[0] || a.rank[1] - b.rank[1] || a.rank[2] - b.rank[2] || a.number - b.number).map(({ one }) => one);
  }

  sought(quote) {
    if (!quote) return null;
    const number = this.sheet.blocks.findIndex((one) => one.text.includes(quote));
    if (number < 0) return null;
    const start = [...this.sheet.blocks[number].text.slice(0, this.sheet.blocks[number].text.indexOf(quote))].length;
    return [number, start, start + [...quote].length];
  }

  get left() {
    return this.items.filter((one) => one.undecided);
  }

  // What comes behind an item that is gone, or is decided.
  after(item) {
    const rank = (one) => (one.at ? one.at[0] * 1e6 + one.at[1] : 1e12);
    return this.left.find((one) => rank(one) >= rank(item) && one.name !== item.name) || this.left.find((one) => one.name !== item.name) || null;
  }

  // acts

  async act(steps, what, { next = false } = {}) {
    const from = this.current;
    let saved;
    try {
      saved = await tell("act", { steps, what, by: editor.name }, { key });
      this.say(`${what}: ${saved.files.map(([path, line]) => (line ? `${path}:${line}` : `${path} is gone`)).join(", ")}`);
    } catch (error) {
      if (!(error instanceof Failed)) throw error;
      this.refuse(error);
      return false;
    }
    this.form = null;
    this.selected = null;
    this.caret = null;
    if (next && from) this.current = this.after(from);
    await this.load(saved.page);
    return true;
  }

  async undo() {
    try {
      const saved = await tell("undo", { by: editor.name }, { key });
      this.say(`Taken back: ${saved.what || "the last act"} (${saved.files.map(([path]) => path).join(", ")})`);
      await this.load(saved.page);
    } catch (error) {
      if (!(error instanceof Failed)) throw error;
      this.say(error.message, true);
    }
  }

  // A proposed correction becomes one, or goes: both change what the page says of `places`.
  settled(items, isKept) {
    const places = structuredClone(this.sheet.keys.places.value);
    const names = new Set(items.map((one) => one.mention.wording));
    places.proposed = places.proposed.filter((one) => !names.has(one.wording));
    for (const { mention } of isKept ? items : []) {
      if (mention.as) places.as = { ...(places.as || {}), [mention.wording]: mention.as };
      else places.ignore = [...(places.ignore || []), mention.wording];
    }
    if (!places.proposed.length) delete places.proposed;
    return { type: "set", page: key, seen: this.seen(this.sheet, ["places"]), value: { places: Object.keys(places).length ? places : null } };
  }

  kept(item) {
    if (item.mention) return this.settled([item], true);
    if (item.page) {
      const value = { review: { state: "checked", ...(editor.name ? { by: editor.name } : {}), date: today() }, todo: null };
      return { type: "set", page: item.page.key, seen: this.seen(item.page, ["review", "todo"]), value };
    }
    const value = { ...item.value };
    delete value.todo;
    if (WAITING.includes(value.review?.state)) delete value.review;
    return { type: "edit", page: key, at: item.entry.at, seen: item.entry.seen, value };
  }

  dropped(item) {
    if (item.mention) return this.settled([item], false);
    if (item.page) return { type: "remove", page: item.page.key, seen: Object.values(item.page.version)[0] };
    return { type: "edit", page: key, at: item.entry.at, seen: item.entry.seen, value: null };
  }

  seen(page, keys) {
    return Object.fromEntries(keys.filter((one) => page.keys[one]).map((one) => [one, page.keys[one].seen]));
  }

  keep(item = this.current) {
    return item?.undecided ? this.act([this.kept(item)], `kept “${short(item.title, 40)}”`, { next: true }) : null;
  }

  drop(item = this.current) {
    return item ? this.act([this.dropped(item)], `dropped “${short(item.title, 40)}”`, { next: true }) : null;
  }

  // Those that are of the same kind, and as sure.
  alike(item) {
    const sure = (one) => SURE.exec(one.todo)?.[1] || "";
    return this.left.filter((one) => one.kind === item.kind && Boolean(one.page) === Boolean(item.page) && sure(one) === sure(item));
  }

  all() {
    const item = this.current;
    if (!item?.undecided) return;
    const several = this.alike(item);
    const what = `${several.length} × ${(item.page ? PAGE_KINDS : KINDS)[item.kind]}${SURE.exec(item.todo) ? `, ${SURE.exec(item.todo)[1]}` : ""}`;
    this.question = {
      words: `All like this (${what}):`,
      answers: [
        ["y", "Keep all", () => this.act(item.mention ? [this.settled(several, true)] : several.map((one) => this.kept(one)), `kept ${what}`)],
        ["n", "Drop all", () => this.act(item.mention ? [this.settled(several, false)] : several.map((one) => this.dropped(one)), `dropped ${what}`)],
        ["Escape", "Leave them", () => {}],
      ],
    };
    this.show();
  }

  check() {
    if (!editor.name) {
      this.say("Your name first: it signs what is checked.", true);
      this.shadow.querySelector("#name")?.focus();
      return;
    }
    const sign = () => {
      const page = this.sheet;
      const value = { review: { state: "checked", by: editor.name, date: today() } };
      if (page.keys.todo) value.todo = null;
      return this.act([{ type: "set", page: key, seen: this.seen(page, ["review", "todo"]), value }], "checked the page");
    };
    const left = this.words ? this.left.length : 0;
    if (!left) return sign();
    this.question = { words: `${left} ${left === 1 ? "is" : "are"} not judged yet. Sign the page all the same? What is not judged is not published.`, answers: [["y", "Sign it", sign], ["n", "Go on judging", () => {}], ["Escape", "Leave it", () => {}]] };
    this.show();
  }

  step(by) {
    const list = this.left.length ? this.left : this.items;
    if (!list.length) return;
    const here = list.indexOf(this.current);
    this.current = list[(here < 0 ? (by > 0 ? 0 : list.length - 1) : here + by + list.length) % list.length];
    this.question = null;
    this.show();
  }

  // The words of an entry, with one word more or less at one of its ends.
  async widen(isStart, by) {
    const item = this.current;
    if (!item?.at || !item.entry?.found) return;
    const [block, start, end] = this.draft || item.at;
    const borders = this.words.borders(block);
    const nearest = (list, at) => list.reduce((best, one, number) => (Math.abs(one - at) < Math.abs(list[best] - at) ? number : best), 0);
    const list = borders.map((one) => one[isStart ? 0 : 1]);
    const moved = list[Math.max(0, Math.min(list.length - 1, nearest(list, isStart ? start : end) + by))];
    const next = isStart ? [block, Math.min(moved, end - 1), end] : [block, start, Math.max(moved, start + 1)];
    this.draft = next;
    this.show();
  }

  async borders() {
    const [block, start, end] = this.draft;
    const found = await ask("propose", { key, block, start, end });
    if (found.why) {
      this.say(found.why, true);
      return;
    }
    const value = Object.fromEntries(Object.entries(this.current.value).filter(([name]) => !["quote", "prefix", "suffix", "nth", "in"].includes(name)));
    this.draft = null;
    await this.act([{ type: "edit", page: key, at: this.current.entry.at, seen: this.current.entry.seen, value: { ...value, ...found.anchor } }], "changed the words");
  }

  // forms

  edit(field = "") {
    const item = this.current;
    if (!this.words) {
      this.open(key.split("/")[0], null, field);
      return;
    }
    if (!item || item.mention) return;
    if (item.page) {
      this.open(item.page.key.split("/")[0], item, field);
      return;
    }
    const table = item.value.total ? "Group" : TABLES[item.kind];
    this.fill(`Change: ${KINDS[item.kind]}`, table, item.value, (value, forms) => [...forms.steps(), { type: "edit", page: key, at: item.entry.at, seen: item.entry.seen, value }], "changed it", field, { next: false });
  }

  // The form of a page's own keys.
  open(kind, item, field = "") {
    const page = item ? item.page : this.sheet;
    const { table, singular } = this.tables.kinds[kind];
    const before = Object.fromEntries(Object.entries(page.keys).map(([name, one]) => [name, one.value]));
    const hidden = ["waive", "corrections", "redirect_from", "review"];
    this.fill(`Change: ${singular}`, table, Object.fromEntries(Object.entries(before).filter(([name]) => !hidden.includes(name))), (value, forms) => {
      const value_ = { ...value };
      const names = new Set([...Object.keys(value_), ...Object.keys(before)].filter((one) => !hidden.includes(one)));
      const changed = [...names].filter((one) => JSON.stringify(value_[one] ?? null) !== JSON.stringify(before[one] ?? null));
      const set = Object.fromEntries(changed.map((one) => [one, value_[one] ?? null]));
      return [...forms.steps(), ...(changed.length ? [{ type: "set", page: page.key, seen: this.seen(page, changed), value: set }] : [])];
    }, `changed ${page.key}`, field, { hidden, map: kind === "places" });
  }

  fill(title, table, value, steps, what, field = "", { hidden = [], map = false, extra = null } = {}) {
    const forms = new Forms(this.tables);
    forms.own = (this.sheet.entries || []).filter((one) => one.list === "sources" && one.value?.id).map((one) => one.value.id);
    const record = forms.record(table, value, { hidden });
    const alert = made("div", { role: "alert" });
    const save = async () => {
      const made_ = steps(record.read(), forms);
      if (!made_.length) {
        this.close();
        return;
      }
      await this.act(made_, what);
    };
    const words = value.quote || value.total?.quote;
    const point = map ? new PointMap(value.location, (location) => this.point(form, location), { home: this.tables.home, name: value.name }) : null;
    const form = made("form", { class: "form", onsubmit: (event) => { event.preventDefault(); save(); } },
      made("h3", {}, title), words ? made("q", {}, short(words, 200)) : null, alert, extra, record.element, point?.element,
      made("div", { class: "buttons" }, made("button", { type: "submit", class: "main" }, "Save"), made("button", { type: "button", onclick: () => this.close() }, "Leave as it is"), made("small", { class: "help" }, "Ctrl+Enter saves, Escape leaves")));
    this.shown(form, alert, save);
    record.focus(field);
  }

  shown(element, alert, save) {
    this.form = { element, alert, save, isChanged: false };
    element.addEventListener("input", () => { this.form.isChanged = true; });
    this.show();
  }

  point(form, { lat, lon, precision }) {
    const location = form.querySelector('[data-key="location"]');
    if (!location.querySelector('[data-key="lat"]')) location.querySelector(".add").click();
    for (const [name, value] of [["lat", lat], ["lon", lon]]) location.querySelector(`[data-key="${name}"] input`).value = value;
    const select = form.querySelector('[data-key="precision"] select');
    if (precision && select && !select.value) select.value = precision;
  }

  close() {
    this.form = null;
    this.question = null;
    this.draft = null;
    this.selected = null;
    this.caret = null;
    this.show();
  }

  refuse(error) {
    const { fault, problems, conflict } = error.told;
    let shown;
    if (conflict) {
      shown = made("div", { class: "wrong" }, made("p", {}, `${conflict.path}:${conflict.line} was changed meanwhile. Nothing was written.`),
        made("h4", {}, "In the file now"), made("pre", {}, conflict.now || "(it is gone)"), made("h4", {}, "What you wanted"), made("pre", {}, JSON.stringify(conflict.wanted, null, 1)),
        made("button", { type: "button", onclick: () => { this.form = null; this.load(); } }, "Take what the file says"));
    } else {
      const list = problems || [{ message: fault, hint: "", path: "", line: 0 }];
      shown = made("ul", { class: "wrong" }, list.map((one) => made("li", {}, one.message, one.hint ? made("em", {}, `: ${one.hint}`) : null, one.path ? made("small", {}, ` (${one.path}${one.line ? `:${one.line}` : ""})`) : null)));
    }
    if (this.form) {
      this.form.alert.replaceChildren(shown);
      this.form.alert.scrollIntoView({ block: "nearest" });
    } else {
      this.status.replaceChildren(shown);
      this.status.classList.add("bad");
    }
  }

  say(words, isBad = false) {
    this.status.classList.toggle("bad", isBad);
    this.status.replaceChildren(made("p", {}, words));
  }

  // annotating

  // Somebody has selected words of the article, with a mouse or a finger.
  chosen() {
    if (!this.words || this.form || this.caret) return;
    const found = this.words.selected();
    if (found) {
      this.selected = found;
      this.menu();
    } else if (this.selected && this.layer.querySelector(".menu")) {
      this.selected = null;
      this.layer.querySelector(".menu").remove();
    }
  }

  menu({ focus = false } = {}) {
    this.layer.querySelector(".menu")?.remove();
    const { block, start, end } = this.selected;
    const range = this.words.range(block, start, end);
    if (!range) return;
    const box = range.getBoundingClientRect();
    const options = [["1", "Claim", "claim"], ["2", "Note", "note"], ["3", "Place", "places"], ["4", "Topic", "topics"], ["5", "Source", "source"], ["6", "Date", "date"], ["7", "Figure", "figure"]];
    const buttons = options.map(([sign, name, what]) => made("button", { type: "button", role: "menuitem", "data-sign": sign, onpointerdown: (event) => event.preventDefault(), onclick: () => this.annotate(what) }, made("kbd", {}, sign), ` ${name}`));
    const menu = made("div", { class: "menu", role: "menu", "aria-label": "What these words are" }, buttons);
    this.layer.append(menu);
    const top = box.bottom + 8 + menu.offsetHeight > innerHeight ? Math.max(8, box.top - menu.offsetHeight - 8) : box.bottom + 8;
    menu.style.insetBlockStart = `${Math.max(8, Math.min(top, innerHeight - menu.offsetHeight - 8))}px`;
    menu.style.insetInlineStart = `${Math.max(8, Math.min(box.left, innerWidth - menu.offsetWidth - 8))}px`;
    if (focus) buttons[0].focus();
  }

  async annotate(what) {
    const { block, start, end } = this.selected;
    this.layer.querySelector(".menu")?.remove();
    getSelection()?.removeAllRanges();
    const found = await ask("propose", { key, block, start, end });
    this.caret = null;
    if (found.why) {
      this.say(found.why, true);
      return;
    }
    const [place, topic] = ["places", "topics"].map((kind) => found.named.filter((one) => one.startsWith(`${kind}/`)).map((one) => one.split("/")[1]));
    const enter = (list) => (value, forms) => [...forms.steps(), { type: "enter", page: key, list, value, before: this.before(list, block, start) }];
    if (what === "claim") {
      const date = found.dates[0];
      const value = {
        id: found.id, ...found.anchor, ...(found.speakers.length ? { source: found.speakers[0] } : { source: "article" }), ...(found.figures.length ? { figures: found.figures } : {}),
        ...(date ? { [found.figures.length ? "as_of" : "when"]: date } : {}), ...(place.length ? { places: place } : {}), ...(topic.length ? { topics: topic } : {}),
      };
      this.fill("New claim", "Appearance", value, enter("claims"), "added a claim", "source");
    } else if (what === "note") {
      this.fill("New note", "Annotation", { id: found.id.replace(/^c-/, "n-"), ...found.anchor, kind: "context", ...(editor.name ? { by: editor.name } : {}), date: today() }, enter("annotations"), "added a note", "note");
    } else if (what === "source") {
      this.fill("New citation", "Citation", { ...found.anchor, ...(found.speakers.length ? { source: found.speakers[0] } : {}) }, enter("sources"), "added a citation", "source");
    } else if (what === "date") this.date(found, block, start, end);
    else if (what === "figure") this.figure(found, block, start, end);
    else this.mention(what, found, what === "places" ? place : topic);
  }

  // Where in its list a new entry stands: before the first that quotes later words, as far as the list is in reading order.
  before(list, block, start) {
    const entries = this.sheet.entries.filter((one) => one.list === list);
    const later = entries.findIndex((one) => {
      const at = one.found || one.parts.find((part) => part.found)?.found;
      return at && (at[0] > block || (at[0] === block && at[1] > start));
    });
    return later < 0 ? null : later;
  }

  covering(block, start, end) {
    const all = this.sheet.entries.filter((one) => one.list === "claims").flatMap((one) => (one.parts.length ? one.parts : [one]));
    return all.filter((one) => one.found && one.found[0] === block && one.found[1] <= start && end <= one.found[2]);
  }

  // A wording that means a place or a topic here, or none.
  mention(kind, found, known) {
    const wording = found.anchor.quote;
    const singular = this.tables.kinds[kind].singular;
    const field = { key: "means", doc: `Which ${singular} these words mean here.`, form: "id", kinds: [kind], required: true };
    const forms = new Forms(this.tables);
    const input = forms.field(field, known[0] || "");
    const alert = made("div", { role: "alert" });
    const places = this.sheet.keys.places || { value: {}, seen: "" };
    const seen = places.seen ? { places: places.seen } : {};
    const save = () => {
      const id = input.read();
      const same = forms.creates.find((one) => one.page === `${kind}/${id}` && (one.read().name || "") === wording);
      const as = { ...(places.value?.as || {}), [wording]: kind === "places" ? id : `${singular}:${id}` };
      const step = { type: "set", page: key, seen, value: { places: { ...(places.value || {}), as } } };
      return this.act([...forms.steps(), ...(same ? [] : [step])], `“${short(wording, 40)}” means ${id}`);
    };
    const none = () => {
      const ignore = [...(places.value?.ignore || []), wording];
      return this.act([{ type: "set", page: key, seen, value: { places: { ...(places.value || {}), ignore } } }], `“${short(wording, 40)}” is no mention`);
    };
    const form = made("form", { class: "form", onsubmit: (event) => { event.preventDefault(); save(); } }, made("h3", {}, `A mention of a ${singular}`), made("q", {}, wording), alert, input.element,
      made("div", { class: "buttons" }, made("button", { type: "submit", class: "main" }, "Save"), made("button", { type: "button", onclick: none }, "It is no mention"), made("button", { type: "button", onclick: () => this.close() }, "Leave as it is")));
    this.shown(form, alert, save);
    input.focus();
  }

  date(found, block, start, end) {
    const claims = this.covering(block, start, end);
    const date = found.dates[0] || { date: "", quote: found.anchor.quote, rule: "editor" };
    const options = [...claims.flatMap((one) => [["as_of", "as of when it holds"], ["when", "when it happened"], ["said", "when it was said"]].map(([name, words]) => ({ label: `${words}: “${short(one.value.quote, 40)}”`, one, name }))), { label: "the article’s own date", one: null }];
    const select = made("select", { "aria-label": "Whose date it is" }, options.map((one, number) => made("option", { value: String(number) }, one.label)));
    this.fill("A date", "When", date, (value, forms) => {
      const { one, name } = options[Number(select.value)];
      if (one) return [...forms.steps(), { type: "edit", page: key, at: one.at, seen: one.seen, value: { ...one.value, [name]: value } }];
      const seen = this.seen(this.sheet, ["date"]);
      return [{ type: "set", page: key, seen, value: { date: value.date } }, { type: "enter", page: key, list: "date_basis", value: { quote: value.quote, rule: value.rule || "editor" } }];
    }, "set a date", "date", { extra: made("div", { class: "field" }, made("label", {}, "Whose date ", select)) });
  }

  figure(found, block, start, end) {
    const claims = this.covering(block, start, end);
    if (!claims.length) {
      this.say("A figure belongs to a claim: mark the claim first, over these words and those around them.", true);
      return;
    }
    const [one] = claims;
    const value = { ...one.value, figures: [...(one.value.figures || []), ...(found.figures.length ? found.figures : [{}])] };
    this.fill("A figure", "Appearance", value, (next, forms) => [...forms.steps(), { type: "edit", page: key, at: one.at, seen: one.seen, value: next }], "added a figure", "figures");
  }

  // Selecting words by keyboard.
  caretAt(event) {
    const { block, from, to } = this.caret;
    const borders = this.words.borders(block);
    const move = (by) => Math.max(0, Math.min(borders.length - 1, to + by));
    const sentences = this.words.sentences(block);
    const inside = (at) => sentences.findIndex(([first, last]) => first <= borders[at][0] && borders[at][0] < last);
    const word = (sentence) => borders.findIndex(([first]) => first >= sentences[sentence][0]);
    let next = null;
    if (event.key === "ArrowRight") next = move(1);
    else if (event.key === "ArrowLeft") next = move(-1);
    else if (event.key === "Home") next = 0;
    else if (event.key === "End") next = borders.length - 1;
    else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      const by = event.key === "ArrowDown" ? 1 : -1;
      const sentence = inside(to);
      if (event.shiftKey) next = by > 0 ? borders.findLastIndex(([first]) => first < sentences[sentence][1] ) : word(sentence);
      else if (sentences[sentence + by]) next = word(sentence + by);
      else {
        let other = block + by;
        while (this.words.blocks[other] && this.words.blocks[other].at < 0) other += by;
        if (this.words.blocks[other]) this.caret = { block: other, from: 0, to: 0 };
        this.show();
        return;
      }
      if (event.shiftKey && next === to && sentences[sentence + by]) next = by > 0 ? borders.findLastIndex(([first]) => first < sentences[sentence + 1][1]) : word(sentence - 1);
    } else if (event.key === "Enter") {
      const [first, last] = [Math.min(from, to), Math.max(from, to)];
      this.selected = { block, start: borders[first][0], end: borders[last][1] };
      this.menu({ focus: true });
      return;
    } else if (event.key === "Escape") {
      this.close();
      return;
    } else return;
    this.caret = { block, from: event.shiftKey ? from : next, to: next };
    this.show();
  }

  begin_() {
    const shown = this.words.blocks.findIndex((one, number) => number && one.at >= 0 && (this.words.range(number, 0, 1)?.getBoundingClientRect().top ?? -1) > 60);
    this.caret = { block: this.current?.at ? this.current.at[0] : Math.max(shown, 0), from: 0, to: 0 };
    if (this.current?.at) {
      const borders = this.words.borders(this.caret.block);
      const at = borders.findIndex(([first]) => first >= this.current.at[1]);
      this.caret.from = this.caret.to = Math.max(0, at);
    }
    this.say("Arrows go by word and sentence, with Shift they select; Enter says what the words are, Escape leaves.");
    this.show();
  }

  // One after the other: who types faster than files are written means the entry that comes then.
  turn(work) {
    this.turns = (this.turns || Promise.resolve()).then(work).catch((error) => {
      if (!(error instanceof Failed)) throw error;
      this.refuse(error);
    });
    return this.turns;
  }

  pressed(event) {
    const target = event.composedPath()[0];
    const isTyping = target instanceof Element && target.matches("input, textarea, select, [contenteditable]");
    if (this.form && (event.ctrlKey || event.metaKey) && event.key === "Enter") {
      event.preventDefault();
      this.form.save();
      return;
    }
    if (event.key === "Escape" && (this.form || this.question || this.draft || this.layer.querySelector(".menu")) && !target.matches?.('[aria-expanded="true"]')) {
      event.preventDefault();
      this.layer.querySelector(".menu")?.remove();
      if (this.form?.isChanged) {
        this.form.isChanged = false;
        this.say("What you filled in is not saved. Escape once more leaves it, Ctrl+Enter saves it.", true);
      } else this.close();
      return;
    }
    if (isTyping || event.ctrlKey || event.metaKey || event.altKey || !this.sheet) return;
    const menu = this.layer.querySelector(".menu");
    if (menu) {
      const buttons = [...menu.querySelectorAll("button")];
      const one = buttons.find((button) => button.dataset.sign === event.key);
      if (one) {
        event.preventDefault();
        event.stopPropagation();
        one.click();
        return;
      }
      const here = buttons.indexOf(this.shadow.activeElement);
      if (here >= 0 && ["ArrowDown", "ArrowRight", "ArrowUp", "ArrowLeft"].includes(event.key)) {
        event.preventDefault();
        buttons[(here + (event.key === "ArrowDown" || event.key === "ArrowRight" ? 1 : -1) + buttons.length) % buttons.length].focus();
      }
      return;
    }
    if (this.form) return;
    const take = (work) => {
      event.preventDefault();
      event.stopPropagation();
      work();
    };
    if (this.question) {
      const answer = this.question.answers.find(([sign]) => sign === event.key);
      if (answer) take(() => this.turn(() => { this.question = null; this.show(); return answer[2](); }));
      return;
    }
    if (this.caret) {
      if (["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown", "Home", "End", "Enter", "Escape"].includes(event.key)) take(() => this.caretAt(event));
      return;
    }
    if (this.draft && event.key === "Enter") return take(() => this.turn(() => this.borders()));
    // a button that has the focus is pressed by Enter and the space bar, as everywhere
    const plain = {
      y: () => this.keep(), n: () => this.drop(), j: () => this.step(1), k: () => this.step(-1), a: () => this.all(), u: () => this.undo(), e: () => this.edit(),
      m: () => this.words && this.begin_(), c: () => this.check(), "?": () => this.help(),
      ...Object.fromEntries(Object.entries(FIELDS).map(([sign, field]) => [sign, () => this.edit(field)])),
    };
    if (this.current && !this.current.page && (event.key === "ArrowLeft" || event.key === "ArrowRight") && this.words && document.activeElement === document.body) {
      take(() => this.widen(event.shiftKey, event.key === "ArrowRight" ? 1 : -1));
    } else if (!event.shiftKey || event.key === "?") {
      const work = plain[event.key];
      if (work) take(() => this.turn(work));
    }
  }

  help() {
    this.status.classList.remove("bad");
    this.status.replaceChildren(made("dl", { class: "keys" }, HELP.flatMap(([sign, words]) => [made("dt", {}, made("kbd", {}, sign)), made("dd", {}, words)])));
  }

  // showing

  head() {
    const fold = made("button", { type: "button", "aria-expanded": String(!this.isFolded), onclick: () => {
      this.isFolded = !this.isFolded;
      sessionStorage.setItem("sitegen-desk-folded", this.isFolded ? "yes" : "");
      this.show();
    } }, this.isFolded ? "Open" : "Fold");
    return made("header", {}, made("h2", {}, made("a", { href: "/_desk/" }, "Desk")), made("button", { type: "button", title: "u", onclick: () => this.undo() }, "Undo"), made("button", { type: "button", title: "?", onclick: () => this.help() }, "Keys"), fold);
  }

  show() {
    this.panel.classList.toggle("folded", this.isFolded);
    const parts = [this.head()];
    if (this.form) parts.push(this.form.element);
    else if (this.sheet && this.words) parts.push(...this.review());
    else if (this.sheet) parts.push(...this.entry());
    parts.push(this.signature());
    this.body.replaceChildren(...parts.filter(Boolean));
    this.actions.replaceChildren(...(this.form || this.question || !this.words || !this.current ? [] : this.buttons(this.current)));
    this.colour();
    this.look();
  }

  signature() {
    const input = made("input", { id: "name", type: "text", autocomplete: "name", onchange: (event) => { editor.name = event.target.value; } });
    input.value = editor.name;
    return made("p", { class: "name" }, made("label", { for: "name" }, "Your name"), " ", input);
  }

  review() {
    const out = [];
    const [left, all] = [this.left.length, this.items.length];
    const state = this.sheet.keys.review?.value?.state || "";
    out.push(made("div", { class: "progress" }, made("progress", { max: String(Math.max(all, 1)), value: String(all - left), "aria-label": "Judged" }), made("p", {}, left ? made("b", {}, `${left} to judge`) : made("b", {}, "Nothing is left to judge"), state ? ` · ${state}` : "")));
    out.push(this.undecided());
    if (!left && state !== "checked") out.push(made("p", {}, made("button", { type: "button", class: "main", onclick: () => this.check() }, made("kbd", {}, "c"), " All is checked")));
    if (this.question) out.push(made("div", { class: "question", role: "alert" }, made("p", {}, this.question.words), made("div", { class: "buttons" }, this.question.answers.map(([sign, words, work]) => made("button", { type: "button", onclick: () => { this.question = null; work(); this.show(); } }, made("kbd", {}, sign), ` ${words}`)))));
    if (this.current) out.push(this.card(this.current));
    const wrong = this.sheet.problems.filter((one) => one.severity === "error");
    if (wrong.length) out.push(made("details", { class: "wrong" }, made("summary", {}, `${wrong.length} wrong in this page`), made("ul", {}, wrong.map((one) => made("li", {}, one.message, one.hint ? made("em", {}, `: ${one.hint}`) : null, made("small", {}, ` (${one.path}:${one.line})`))))));
    out.push(this.list(), this.picture());
    return out;
  }

  // What is undecided of the page itself: its title.
  undecided() {
    const todo = this.sheet.keys.todo?.value || "";
    const found = SURE.exec(todo);
    return found ? made("p", { class: "why" }, made("span", { class: `sure ${found[1]}` }, found[1]), ` ${found[2]}`) : todo ? made("p", { class: "why" }, todo) : null;
  }

  card(item) {
    const found = SURE.exec(item.todo);
    const rows = Object.entries(item.value).filter(([name]) => !["quote", "todo", "prefix", "suffix", "nth", "in", "total", "items", "review", "name", "title"].includes(name));
    const shown = (name, value) => made("tr", {}, made("th", { scope: "row" }, name.replaceAll("_", " ")), made("td", {}, told(value)));
    const parts = item.entry?.parts?.length ? made("ol", { class: "parts" }, item.entry.parts.map((one) => made("li", {}, one.value?.quote || "", one.trouble.length ? made("em", { class: "bad" }, ` ${one.trouble.join("; ")}`) : null))) : null;
    const button = (sign, words, work, isMain = false) => made("button", { type: "button", class: isMain ? "main" : "", onclick: work }, made("kbd", {}, sign), ` ${words}`);
    const draft = this.draft ? made("p", { class: "draft" }, "The words would be: ", made("q", {}, [...this.sheet.blocks[this.draft[0]].text].slice(this.draft[1], this.draft[2]).join("")), made("span", { class: "buttons" }, button("Enter", "Take these", () => this.borders(), true), button("Esc", "No", () => this.close()))) : null;
    return made("article", { class: "card" },
      made("p", { class: "kind" }, (item.page ? PAGE_KINDS : KINDS)[item.kind], found ? made("span", { class: `sure ${found[1]}` }, found[1]) : null),
      made(item.page ? "h3" : "q", {}, item.title), found ? made("p", { class: "why" }, found[2]) : item.todo ? made("p", { class: "why" }, item.todo) : null, draft,
      item.entry?.trouble?.length && !parts ? made("ul", { class: "wrong" }, item.entry.trouble.map((one) => made("li", {}, one))) : null,
      rows.length ? made("table", {}, rows.map(([name, value]) => shown(name, value))) : null, parts,
      made("p", { class: "where" }, item.entry ? `${item.entry.path}:${item.entry.line}` : item.mention ? this.sheet.paths.at(-1) : item.page.address ? made("a", { href: item.page.address }, item.page.paths?.[0] || item.page.key) : item.page.key));
  }

  buttons(item) {
    const button = (sign, words, work, isMain = false) => made("button", { type: "button", class: isMain ? "main" : "", onclick: work }, made("kbd", {}, sign), ` ${words}`);
    return [item.undecided ? button("y", "Keep", () => this.keep(item), true) : null, button("n", item.page ? "Remove" : "Drop", () => this.drop(item)), item.mention ? null : button("e", "Change", () => this.edit()),
        item.undecided && this.alike(item).length > 1 ? button("a", `All ${this.alike(item).length} like this`, () => this.all()) : null, button("k", "Before", () => this.step(-1)), button("j", "Next", () => this.step(1))].filter(Boolean);
  }

  list() {
    const rows = () => this.items.map((one) => made("li", { class: one.undecided ? "undecided" : "", "aria-current": one === this.current ? "true" : false }, made("button", { type: "button", onclick: () => { this.current = one; this.show(); } }, made("small", {}, (one.page ? PAGE_KINDS : KINDS)[one.kind]), ` ${short(one.title, 70)}`)));
    // made when somebody opens it: an article may have hundreds
    const all = made("ol");
    const list = made("details", { class: "all" }, made("summary", {}, `All ${this.items.length} entries`), all);
    const fill = () => { if (list.open && !all.children.length) all.append(...rows()); };
    list.open = Boolean(this.isListOpen);
    list.addEventListener("toggle", () => { this.isListOpen = list.open; fill(); });
    fill();
    return list;
  }

  // A picture that the archive adds: kept without its location, then described.
  picture() {
    const input = made("input", { type: "file", accept: "image/*,.pdf", "aria-label": "A picture" });
    const take = async (file) => {
      if (!file) return;
      try {
        const kept = await tell("picture", { name: file.name, data: await encoded(file) });
        this.say(`${file.name} is kept as content/images/${kept.file}. ${kept.told}`);
        const id = slug(kept.file.replace(/\.[^.]*$/, ""));
        const where = made("select", { "aria-label": "Where it stands" }, made("option", { value: "" }, "after the article"),
          this.sheet.blocks.map((one, number) => (number && ["paragraph", "heading"].includes(one.kind) ? made("option", { value: String(one.line) }, `before “${short(one.text, 45)}”`) : null)));
        const seen = this.sheet.version[this.sheet.paths[0]];
        this.fill("New picture, added by the archive", "Image", { id, added: "true", file: kept.file }, (value, forms) => [
          ...forms.steps(), { type: "enter", page: key, list: "images", value }, ...(where.value ? [{ type: "place", page: key, image: value.id, line: Number(where.value), seen }] : []),
        ], "added a picture", "caption", { extra: made("div", { class: "field" }, made("label", {}, "Where it stands ", where)) });
      } catch (error) {
        if (!(error instanceof Failed)) throw error;
        this.refuse(error);
      }
    };
    input.addEventListener("change", () => take(input.files[0]));
    return made("details", { class: "more", ondragover: (event) => event.preventDefault(), ondrop: (event) => { event.preventDefault(); take(event.dataTransfer.files[0]); } },
      made("summary", {}, "Add a picture"), made("p", {}, "A scan of the clipping, a map, a photograph: of the archive's own, plainly marked so. What it tells of where it was taken is shown and removed."), input);
  }

  // A page that is no article.
  entry() {
    const [kind] = key.split("/");
    const review = this.sheet.keys.review?.value;
    const rows = Object.entries(this.sheet.keys).filter(([name]) => name !== "todo");
    const wrong = this.sheet.problems;
    return [
      made("p", { class: "kind" }, PAGE_KINDS[kind], review ? made("span", { class: "sure" }, review.state) : null),
      this.undecided(),
      wrong.length ? made("ul", { class: "wrong" }, wrong.map((one) => made("li", {}, one.message, one.hint ? made("em", {}, `: ${one.hint}`) : null, made("small", {}, ` (${one.path}:${one.line})`)))) : null,
      made("table", {}, rows.map(([name, one]) => made("tr", {}, made("th", { scope: "row" }, name.replaceAll("_", " ")), made("td", {}, told(one.value))))),
      made("div", { class: "buttons" }, made("button", { type: "button", class: "main", onclick: () => this.open(kind, null) }, made("kbd", {}, "e"), " Change"), made("button", { type: "button", onclick: () => this.check() }, made("kbd", {}, "c"), " Checked"),
        made("button", { type: "button", onclick: () => this.act([{ type: "remove", page: key, seen: Object.values(this.sheet.version)[0] }], `removed ${key}`) }, "Remove")),
      this.moving(kind),
      made("p", { class: "where" }, this.sheet.paths.join(", ")),
    ];
  }

  // Another id for this page, or one page of two; every file that names it follows.
  moving(kind) {
    const id = made("input", { type: "text", "aria-label": "Its new id", autocomplete: "off" });
    id.value = key.split("/").slice(1).join("/");
    const forms = new Forms(this.tables);
    const other = forms.field({ key: "into", doc: "The page that stays. It takes on the names of this one, and what only this one says.", form: "id", kinds: [kind] }, "");
    const move = async (name, to) => {
      try {
        const saved = await tell(name, { page: key, to, by: editor.name });
        this.say([`${name === "rename" ? "Renamed" : "Merged"}: ${saved.files.length} files`, ...saved.told].join(". "));
        await this.elsewhere(`${kind}/${to.split("/").slice(1).join("/")}`);
      } catch (error) {
        if (!(error instanceof Failed)) throw error;
        this.refuse(error);
      }
    };
    return made("details", { class: "more" }, made("summary", {}, "Rename or merge"),
      made("form", { onsubmit: (event) => { event.preventDefault(); move("rename", `${kind}/${id.value.trim()}`); } }, made("label", {}, "Its new id ", id), made("p", {}, made("button", { type: "submit" }, "Rename"))),
      made("form", { onsubmit: (event) => { event.preventDefault(); move("merge", `${kind}/${other.read()}`); } }, other.element, made("p", {}, made("button", { type: "submit" }, "Merge into that page"))));
  }

  // Goes to a page once the server shows it.
  async elsewhere(page) {
    for (let turn = 0; turn < 40; turn += 1) {
      const found = await ask("page", { key: page }).catch(() => null);
      if (found?.address) {
        location.assign(found.address);
        return;
      }
      await new Promise((done) => setTimeout(done, 250));
    }
    location.assign("/_desk/");
  }

  colour() {
    if (!this.words) return;
    const range = (at) => (at ? this.words.range(...at) : null);
    const entries = this.items.filter((one) => !one.page);
    mark("desk-undecided", entries.filter((one) => one.undecided).map((one) => range(one.at)));
    mark("desk-decided", entries.filter((one) => !one.undecided).map((one) => range(one.at)));
    mark("desk-page", this.items.filter((one) => one.page).map((one) => range(one.at)));
    mark("desk-current", this.caret || !this.current ? [] : [range(this.draft || this.current.at)]);
    mark("desk-caret", this.caret ? [this.caretRange()] : this.selected && this.form ? [range([this.selected.block, this.selected.start, this.selected.end])] : []);
    this.handles();
  }

  caretRange() {
    const { block, from, to } = this.caret;
    const borders = this.words.borders(block);
    return borders.length ? this.words.range(block, borders[Math.min(from, to)][0], borders[Math.max(from, to)][1]) : null;
  }

  // What is judged is brought before the eyes.
  look() {
    const range = this.caret ? this.caretRange() : this.current && this.words && this.current.at ? this.words.range(...(this.draft || this.current.at)) : null;
    if (!range) return;
    const box = range.getBoundingClientRect();
    const bottom = innerWidth < 960 && !this.isFolded ? innerHeight * 0.52 : innerHeight - 40;
    if (box.top < 70 || box.bottom > bottom) scrollBy({ top: box.top - Math.min(bottom / 3, 220), behavior: matchMedia("(prefers-reduced-motion: reduce)").matches ? "instant" : "smooth" });
  }

  // The two ends of the words that are judged, to be dragged.
  handles() {
    this.layer.querySelectorAll(".handle").forEach((one) => one.remove());
    const item = this.current;
    if (!item?.entry?.found || this.form || this.caret || this.isFolded) return;
    const range = this.words?.range(...(this.draft || item.at));
    if (!range) return;
    const boxes = [...range.getClientRects()].filter((one) => one.width);
    if (!boxes.length) return;
    for (const isStart of [true, false]) {
      const box = isStart ? boxes[0] : boxes.at(-1);
      const handle = made("div", { class: `handle ${isStart ? "start" : "end"}`, "aria-hidden": "true" });
      handle.style.left = `${(isStart ? box.left : box.right) - 9}px`;
      handle.style.top = `${(isStart ? box.top - 16 : box.bottom - 2)}px`;
      handle.addEventListener("pointerdown", (event) => this.drag(event, handle, isStart));
      this.layer.append(handle);
    }
  }

  drag(event, handle, isStart) {
    event.preventDefault();
    handle.setPointerCapture(event.pointerId);
    const move = (next) => {
      const at = this.placeAt(next.clientX, next.clientY + (isStart ? 16 : -10));
      const [block, start, end] = this.draft || this.current.at;
      if (!at || at.block !== block) return;
      const list = this.words.borders(block).map((one) => one[isStart ? 0 : 1]);
      const near = list.reduce((best, one) => (Math.abs(one - at.at) < Math.abs(best - at.at) ? one : best), list[0]);
      this.draft = isStart ? [block, Math.min(near, end - 1), end] : [block, start, Math.max(near, start + 1)];
      mark("desk-current", [this.words.range(...this.draft)]);
    };
    const done = () => {
      handle.removeEventListener("pointermove", move);
      this.show();
    };
    handle.addEventListener("pointermove", move);
    handle.addEventListener("pointerup", done, { once: true });
    handle.addEventListener("pointercancel", done, { once: true });
  }

  placeAt(x, y) {
    if (document.caretPositionFromPoint) {
      const found = document.caretPositionFromPoint(x, y);
      return found ? this.words.place(found.offsetNode, found.offset) : null;
    }
    const found = document.caretRangeFromPoint?.(x, y);
    return found ? this.words.place(found.startContainer, found.startOffset) : null;
  }
}

if (key) new Desk().begin();
