// Forms of the archive's tables: every field with its help, its choices, and the ids of pages completed over the archive. A form reads
// back what the file is to say: text, lists, keys and values, and nothing where nothing was filled in.
import { ask, made } from "./api.js";

// what is shown at once; all else is folded away until it is wanted
const SHOWN = {
  Appearance: ["source", "claim", "figures", "as_of", "when", "places", "topics", "gloss"],
  Annotation: ["kind", "note", "read", "evidence"],
  Citation: ["source", "document"],
  Group: ["total", "from", "list", "items"],
  Figure: ["value", "share", "unit", "hedge"],
  When: ["date", "quote", "rule"],
  Place: ["name", "kind", "within", "location", "precision", "aliases"],
  Source: ["name", "kind", "aliases", "parent"],
  Topic: ["name", "kind", "aliases", "places"],
  Claim: ["title", "kind", "measure"],
  Image: ["caption", "alt", "credit", "licence"],
  Evidence: ["title", "url", "publisher", "date", "locator"],
  Archived: ["url", "date"],
};
// what selects the words; it is made from a selection, and not typed
const MACHINE = new Set(["quote", "prefix", "suffix", "nth", "in"]);
let count = 0;
const fresh = () => `desk-${(count += 1)}`;
const spoken = (key) => (key[0].toUpperCase() + key.slice(1)).replaceAll("_", " ");
const isEmpty = (value) =>
  value === null || value === undefined || value === "" || (typeof value === "object" && !Object.keys(value).length);

export class Forms {
  // `tables` as the server tells them; `own`: ids that the article itself may name as speakers
  constructor({ tables, kinds }) {
    this.tables = tables;
    this.kinds = kinds;
    this.own = [];
    this.creates = [];
  }

  // A form of a record: {element, read}. `words`: what selects the words, which is kept as it is.
  record(table, value = {}, { hidden = [], top = true } = {}) {
    const fields = this.tables[table].filter((one) => !hidden.includes(one.key));
    const machine = top || table === "Appearance";
    const shown = fields.filter((one) => (SHOWN[table] || []).includes(one.key) || one.required || !isEmpty(value[one.key]));
    const inputs = new Map();
    const kept = {};
    const add = (field, into) => {
      if (machine && MACHINE.has(field.key) && table !== "When" && table !== "DateBasis") {
        if (value[field.key] !== undefined) kept[field.key] = value[field.key];
        return;
      }
      const input = this.field(field, value[field.key]);
      inputs.set(field.key, input);
      into.append(input.element);
    };
    const element = made("div", { class: "record" });
    const order = SHOWN[table] || [];
    const rank = (one) => (order.includes(one.key) ? order.indexOf(one.key) : order.length);
    for (const field of [...shown].sort((a, b) => rank(a) - rank(b))) add(field, element);
    const rest = fields.filter((one) => !shown.includes(one));
    if (rest.some((one) => !MACHINE.has(one.key) || !machine)) {
      const more = made("details", { class: "more" }, made("summary", {}, "More"));
      for (const field of rest) add(field, more);
      element.append(more);
    }
    const known = new Set(fields.map((one) => one.key));
    const others = Object.fromEntries(Object.entries(value).filter(([key]) => !known.has(key)));
    return {
      element,
      focus: (key) => {
        const input = inputs.get(key);
        const folded = input && input.element.closest("details");
        if (folded) folded.open = true;
        (input || [...inputs.values()][0])?.focus?.();
      },
      read: () => {
        const out = { ...kept, ...others };
        for (const [key, input] of inputs) {
          const found = input.read();
          if (!isEmpty(found) || input.isNone?.()) out[key] = found;
        }
        return out;
      },
    };
  }

  // One field with its label and help.
  field(field, value) {
    const id = fresh();
    const input = this.input(field, value, id);
    const help = made("small", { id: `${id}-help`, class: "help" }, field.doc.replaceAll("`", ""));
    const isSet = ["many", "pairs", "record", "either"].includes(field.form) && input.element.tagName !== "INPUT";
    const label = isSet ? made("legend", {}, spoken(field.key)) : made("label", { for: id }, spoken(field.key), field.required ? made("b", { title: "needed" }, " *") : null);
    const element = made(isSet ? "fieldset" : "div", { class: "field", "data-key": field.key }, label, input.element, field.doc ? help : null);
    const target = element.querySelector("input, select, textarea, button");
    if (target && field.doc) target.setAttribute("aria-describedby", help.id);
    return { element, read: input.read, isNone: input.isNone, focus: () => element.querySelector("input, select, textarea, button")?.focus() };
  }

  input(field, value, id) {
    if (field.form === "choice") {
      const options = ["", ...field.of].map((one) => made("option", { value: one }, one || "–"));
      const element = made("select", { id }, options);
      element.value = value ?? "";
      return { element, read: () => element.value };
    }
    if (field.form === "boolean") {
      const element = made("input", { id, type: "checkbox" });
      element.checked = value === "true";
      return { element, read: () => (element.checked ? "true" : value === "false" ? "false" : "") };
    }
    if (field.form === "record") {
      if (isEmpty(value) && !field.required) return this.folded(field);
      return this.record(field.table, value || {}, { top: false });
    }
    if (field.form === "either") {
      const scalars = field.options.filter((one) => one.form !== "record");
      const records = field.options.filter((one) => one.form === "record");
      const fitting = (table) => this.tables[table.table].filter((one) => one.required && one.key in (value || {})).length;
      const isScalar = scalars.length && (typeof value === "string" || isEmpty(value));
      const option = isScalar ? scalars[0] : records.sort((a, b) => fitting(b) - fitting(a))[0];
      return this.input({ ...option, doc: "" }, value, id);
    }
    if (field.form === "many") return this.many(field, value);
    if (field.form === "pairs") return this.pairs(field, value);
    if (field.kinds && field.kinds.length) return this.page(field, value, id);
    if (field.form === "text") {
      const element = made("textarea", { id, rows: "2" });
      element.value = value ?? "";
      return { element, read: () => element.value.trim() };
    }
    const places = { day: "2022-05-15", edtf: "2022-05-15 or 2022-05", url: "https://…" };
    const element = made("input", { id, type: "text", autocomplete: "off", placeholder: places[field.form] || "" });
    element.value = value ?? "";
    return { element, read: () => element.value.trim() };
  }

  // A record that is not there, until somebody wants it.
  folded(field) {
    let inner = null;
    const element = made("div", {}, made("button", { type: "button", class: "add", onclick: () => {
      inner = this.record(field.table, {}, { top: false });
      element.replaceChildren(inner.element);
      inner.focus();
    } }, "Add"));
    return { element, read: () => (inner ? inner.read() : null) };
  }

  many(field, value) {
    const list = made("div", { class: "items" });
    const items = [];
    const put = (one) => {
      const input = this.input({ ...field.item, doc: "" }, one, fresh());
      const row = made("div", { class: "item" }, input.element);
      const item = { row, read: input.read };
      const own = input.element.matches("input, textarea, select") ? input.element : input.element.querySelector(":scope > [role=combobox]");
      own?.setAttribute("aria-label", spoken(field.key));
      row.append(made("button", { type: "button", class: "remove", "aria-label": `Remove from ${spoken(field.key)}`, onclick: () => {
        items.splice(items.indexOf(item), 1);
        row.remove();
      } }, "×"));
      items.push(item);
      list.append(row);
      return row;
    };
    const given = Array.isArray(value) ? value : isEmpty(value) ? [] : [value];
    given.forEach(put);
    // of a list that is read from the text where it is left out: that there is none, which is written as `[]`
    const none = field.none ? made("input", { type: "checkbox" }) : null;
    if (none) none.checked = Array.isArray(value) && !value.length;
    const add = made("button", { type: "button", class: "add", onclick: () => {
      if (none) none.checked = false;
      put(undefined).querySelector("input, select, textarea, button")?.focus();
    } }, "Add");
    none?.addEventListener("change", () => { if (none.checked) items.splice(0).forEach((one) => one.row.remove()); });
    const element = made("div", {}, list, add, none ? made("label", {}, none, ` None: these words give no ${spoken(field.key).toLowerCase()}`) : null);
    return {
      element,
      isNone: () => Boolean(none?.checked),
      read: () => {
        const found = items.map((one) => one.read()).filter((one) => !isEmpty(one));
        // one is written without brackets where it was, or may be
        return field.single && found.length === 1 && !(Array.isArray(value) && value.length === 1) ? found[0] : found;
      },
    };
  }

  pairs(field, value) {
    const rows = [];
    const list = made("div", { class: "items" });
    const put = (key, one) => {
      const name = made("input", { type: "text", "aria-label": "Words" });
      name.value = key;
      const input = this.input({ ...field.item, doc: "" }, one, fresh());
      rows.push(() => [name.value.trim(), input.read()]);
      list.append(made("div", { class: "item" }, name, input.element));
    };
    Object.entries(value || {}).forEach(([key, one]) => put(key, one));
    const element = made("div", {}, list, made("button", { type: "button", class: "add", onclick: () => put("", "") }, "Add"));
    return { element, read: () => Object.fromEntries(rows.map((row) => row()).filter(([key, one]) => key && one)) };
  }

  // An id of a page: found by any name over the archive, or made on the way.
  page(field, value, id) {
    const list = made("ul", { role: "listbox", id: `${id}-list`, hidden: true });
    const input = made("input", { id, type: "text", role: "combobox", autocomplete: "off", "aria-expanded": "false", "aria-controls": list.id, "aria-autocomplete": "list" });
    input.value = value ?? "";
    const element = made("div", { class: "combo" }, input, list);
    let options = [];
    let active = -1;
    let asked = 0;
    const close = () => {
      list.hidden = true;
      input.setAttribute("aria-expanded", "false");
      input.removeAttribute("aria-activedescendant");
      active = -1;
    };
    const choose = (one) => {
      close();
      if (one.make) this.make(field, input, one.words, element);
      else input.value = one.id;
      input.dispatchEvent(new Event("change", { bubbles: true }));
    };
    const show = () => {
      list.replaceChildren(
        ...options.map((one, number) =>
          made("li", { role: "option", id: `${id}-${number}`, "aria-selected": String(number === active), onmousedown: (event) => { event.preventDefault(); choose(one); } }, made("b", {}, one.title), one.note ? made("small", {}, ` ${one.note}`) : null),
        ),
      );
      list.hidden = !options.length;
      input.setAttribute("aria-expanded", String(!list.hidden));
      if (active >= 0) {
        input.setAttribute("aria-activedescendant", `${id}-${active}`);
        list.children[active].scrollIntoView({ block: "nearest" });
      }
    };
    const look = async () => {
      const words = input.value.trim();
      const turn = (asked += 1);
      const found = await ask("known", { kinds: field.kinds.join(","), words });
      if (turn !== asked || (input.getRootNode().activeElement || document.activeElement) !== input) return;
      const several = field.kinds.length > 1;
      options = found.map((one) => ({ title: one.title, note: one.id, id: several && !one.key.startsWith("places/") ? `${this.kinds[one.key.split("/")[0]].singular}:${one.id}` : one.id }));
      if (field.speaks) {
        const said = [["article", "the article itself"], ["unnamed", "somebody not named"], ...this.own.map((one) => [one, "cited here"])];
        options = [...said.filter(([one, what]) => !words || one.startsWith(words) || what.includes(words)).map(([one, what]) => ({ title: one, note: what, id: one })), ...options];
      }
      if (words && !options.some((one) => one.id === words)) options.push({ title: `New: ${words}`, note: `makes a page of the kind ${this.kinds[field.kinds[0]].singular}`, make: true, words });
      active = -1;
      show();
    };
    input.addEventListener("input", look);
    input.addEventListener("focus", () => { input.select(); });
    input.addEventListener("blur", close);
    input.addEventListener("keydown", (event) => {
      if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        event.preventDefault();
        if (list.hidden) look();
        else {
          active = (active + (event.key === "ArrowDown" ? 1 : -1) + options.length) % options.length;
          show();
        }
      } else if (event.key === "Enter" && !list.hidden && active >= 0 && !event.ctrlKey && !event.metaKey) {
        event.preventDefault();
        event.stopPropagation();
        choose(options[active]);
      } else if (event.key === "Escape" && !list.hidden) {
        event.stopPropagation();
        close();
      }
    });
    return { element, read: () => input.value.trim(), focus: () => input.focus() };
  }

  // The few fields that a new page needs, below the field that is to name it.
  make(field, input, words, element) {
    const kind = field.kinds[0];
    const { table, singular } = this.kinds[kind];
    const stem = slug(words);
    const start = { [this.tables[table].some((one) => one.key === "title") ? "title" : "name"]: words };
    const needed = this.tables[table].filter((one) => one.required).map((one) => one.key);
    const form = this.record(table, start, { hidden: this.tables[table].filter((one) => !needed.includes(one.key)).map((one) => one.key), top: false });
    const name = made("input", { type: "text", "aria-label": "Its id" });
    name.value = stem;
    input.value = stem;
    const created = { kind, get page() { return `${kind}/${name.value.trim()}`; }, read: form.read };
    name.addEventListener("input", () => { input.value = name.value; });
    const box = made("fieldset", { class: "new" }, made("legend", {}, `New ${singular}`), made("label", {}, "Id ", name), form.element, made("button", { type: "button", class: "remove", onclick: () => {
      this.creates.splice(this.creates.indexOf(created), 1);
      box.remove();
      input.value = "";
      input.focus();
    } }, "Do not make it"));
    this.creates.push(created);
    element.append(box);
    box.querySelector("select, textarea")?.focus();
  }

  // The steps that make the pages which a form has asked for.
  steps() {
    return this.creates.map((one) => ({ type: "create", page: one.page, value: one.read() }));
  }
}

// An id from a name: as the importer makes them, as far as a browser can.
export const slug = (words) =>
  words.normalize("NFKD").replace(/[\u0300-\u036f]/g, "").toLowerCase().replace(/[’']/g, "").replace(/[^a-z0-9]+/g, "-").replace(/^-+|-+$/g, "").slice(0, 60);
