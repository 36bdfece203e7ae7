// The desk's own page: all articles by what they lack, what waits for an editor, what is wrong, and new seeds.
import { ask, editor, encoded, Failed, keep, made, tell } from "./api.js";

const COLUMNS = [
  ["title", "Article"], ["date", "Date"], ["state", "State"], ["undecided", "To judge"], ["unattributed", "No source"], ["errors", "Errors"], ["warnings", "Warnings"],
];
const OF_WORDS = ["title", "date", "state"];
const main = document.querySelector("main");
main.className = "desk-page";

const enter = () => {
  const told = made("p", { role: "alert", class: "bad" });
  const input = made("input", { id: "password", type: "password", autocomplete: "current-password", required: true });
  const form = made("form", { onsubmit: async (event) => {
    event.preventDefault();
    try {
      keep((await tell("enter", { password: input.value })).key);
      location.reload();
    } catch (error) {
      if (!(error instanceof Failed)) throw error;
      told.textContent = error.message;
    }
  } }, made("h1", {}, "The desk"), made("label", { for: "password" }, "Password"), input, made("p", {}, made("button", { type: "submit", class: "main" }, "Enter")), told);
  main.replaceChildren(form);
  input.focus();
};

class Queue {
  constructor() {
    this.sort = ["undecided", -1];
    this.words = "";
    this.state = "";
    this.lack = "";
    this.table = made("div");
    this.told = made("div", { role: "status", "aria-live": "polite" });
  }

  async load() {
    this.queue = await ask("queue");
    for (const one of this.queue.articles) {
      one.errors = one.problems.filter((problem) => problem.severity === "error").length + (one.fault ? 1 : 0);
      one.warnings = one.problems.length - one.errors + (one.fault ? 1 : 0);
    }
    this.show();
  }

  show() {
    const select = (name, label, options) => {
      const element = made("select", { onchange: (event) => { this[name] = event.target.value; this.rows(); } }, options.map(([value, words]) => made("option", { value }, words)));
      element.value = this[name];
      return made("label", {}, label, element);
    };
    const filter = made("input", { type: "search", oninput: (event) => { this.words = event.target.value.toLowerCase(); this.rows(); } });
    filter.value = this.words;
    const waiting = Object.entries(this.queue.waiting).filter(([, list]) => list.length);
    const name = made("input", { type: "text", autocomplete: "name", onchange: (event) => { editor.name = event.target.value; } });
    name.value = editor.name;
    const left = this.queue.articles.reduce((sum, one) => sum + one.undecided, 0);
    main.replaceChildren(
      made("h1", {}, "The desk"),
      made("p", {}, `${this.queue.articles.length} ${this.queue.articles.length === 1 ? "article" : "articles"}, ${left} to judge in them. `, made("a", { href: "/" }, "The site")),
      made("div", { class: "filters" },
        made("label", {}, "Title holds", filter),
        select("state", "State", [["", "any"], ["imported", "imported"], ["in-work", "in work"], ["checked", "checked"], ["none", "none"]]),
        select("lack", "Lacks", [["", "anything or nothing"], ["undecided", "judgement"], ["unattributed", "sources of claims"], ["claims", "claims"], ["errors", "correct files (errors)"], ["warnings", "what checks ask for"], ["date", "a date"]]),
        made("label", {}, "Your name", name)),
      this.told, this.table, ...this.adding(),
      ...waiting.map(([kind, list]) => made("section", {}, made("h2", {}, `${kind[0].toUpperCase()}${kind.slice(1)} that nobody has checked (${list.length})`), made("ul", { class: "plain" }, list.map((one) => made("li", {}, made("a", { href: one.address || "#" }, one.title)))))),
      made("section", {}, made("h2", {}, "All checks"), made("p", {}, "Also those that are off by default (places without a point, pages that nothing names, sources without a document), and names that look alike. ", made("button", { type: "button", onclick: () => this.checks() }, "Ask them"))),
      this.checked || "",
      this.queue.problems.length ? made("section", {}, made("h2", {}, "Elsewhere"), made("ul", {}, this.queue.problems.slice(0, 200).map((one) => made("li", { class: one.severity === "error" ? "bad" : "" }, `${one.path}:${one.line}: ${one.message} `, made("em", {}, one.hint))))) : "",
    );
    this.rows();
  }

  lacks(one) {
    if (!this.lack) return true;
    if (this.lack === "claims") return !one.claims;
    if (this.lack === "date") return !one.date;
    return one[this.lack] > 0;
  }

  rows() {
    const [column, way] = this.sort;
    const shown = this.queue.articles
      .filter((one) => one.title.toLowerCase().includes(this.words) && (!this.state || (one.state || "none") === this.state) && this.lacks(one))
      .sort((a, b) => (a[column] < b[column] ? -way : a[column] > b[column] ? way : a.title < b.title ? -1 : 1));
    const head = COLUMNS.map(([name, words]) => made("th", { scope: "col", class: OF_WORDS.includes(name) ? "" : "number", "aria-sort": name === column ? (way > 0 ? "ascending" : "descending") : false }, made("button", { type: "button", onclick: () => {
      this.sort = [name, name === column ? -way : OF_WORDS.includes(name) ? 1 : -1];
      this.rows();
    } }, words, name === column ? (way > 0 ? " ↑" : " ↓") : "")));
    const number = (one, name, words) => made("td", { class: "number", "data-label": words }, one[name] ? String(one[name]) : "–");
    const body = shown.slice(0, 500).map((one) => made("tr", {},
      made("td", {}, one.address ? made("a", { href: one.address }, one.title) : made("b", {}, one.title), one.fault ? made("div", { class: "bad" }, one.fault) : null, this.problems(one)),
      made("td", { "data-label": "Date" }, one.date || "–"), made("td", { "data-label": "State" }, one.state || "–"), number(one, "undecided", "To judge"), number(one, "unattributed", "No source"), number(one, "errors", "Errors"), number(one, "warnings", "Warnings")));
    this.table.replaceChildren(made("table", { class: "queue" }, made("thead", {}, made("tr", {}, head)), made("tbody", {}, body)), shown.length > 500 ? made("p", {}, `and ${shown.length - 500} more: narrow them down above`) : "", shown.length ? "" : made("p", {}, "No article is like this."));
  }

  // Every problem leads to its words.
  problems(one) {
    if (!one.problems.length) return null;
    return made("details", {}, made("summary", {}, one.problems.length === 1 ? "1 thing to look at" : `${one.problems.length} things to look at`), made("ul", {}, one.problems.map((problem) => made("li", { class: problem.severity === "error" ? "bad" : "" }, one.address ? made("a", { href: `${one.address}#_desk=${encodeURIComponent(`${problem.path}:${problem.line}`)}` }, problem.message) : problem.message, ` `, made("em", {}, problem.hint), made("small", {}, ` ${problem.path}:${problem.line}`)))));
  }

  async checks() {
    this.say("Checking …");
    const found = await ask("checks");
    const groups = Map.groupBy(found.problems, (one) => one.code);
    const link = (one) => made("a", { href: one.address || "#" }, one.key);
    this.checked = made("section", {},
      found.alike.length ? made("details", { open: true }, made("summary", {}, `Names that look alike (${found.alike.length})`), made("ul", {}, found.alike.map(([one, other]) => made("li", {}, link(one), " and ", link(other))))) : null,
      [...groups].sort((a, b) => b[1].length - a[1].length).map(([code, list]) => made("details", {}, made("summary", {}, `${code} (${list.length})`), made("ul", {}, list.slice(0, 200).map((one) => made("li", { class: one.severity === "error" ? "bad" : "" }, this.where(one), " ", made("em", {}, one.hint)))))));
    this.say(`${found.problems.length} told by the checks, ${found.alike.length} pairs of names that look alike.`);
    const told = [...this.told.childNodes];
    this.show();
    this.told.replaceChildren(...told);
  }

  // A problem, leading to its words where its page is known.
  where(problem) {
    const own = problem.path.replace(/\.notes\.yaml$/, ".md");
    const page = this.queue.articles.find((one) => one.path === own);
    const words = [problem.message, made("small", {}, ` ${problem.path}:${problem.line}`)];
    return page?.address ? made("a", { href: `${page.address}#_desk=${encodeURIComponent(`${problem.path}:${problem.line}`)}` }, words) : made("span", {}, words);
  }

  // New seeds: dropped files, a folder, pasted text.
  adding() {
    const words = made("textarea", { rows: "3", "aria-label": "The text of an article" });
    const name = made("input", { type: "text", placeholder: "gazette-1912-05-03.txt", "aria-label": "A name for its file" });
    const files = made("input", { type: "file", multiple: true, "aria-label": "Files" });
    const folder = made("input", { type: "file", webkitdirectory: true, multiple: true, "aria-label": "A folder" });
    const take = async (list) => {
      const seeds = [];
      for (const one of list) seeds.push({ name: one.name, data: await encoded(one) });
      if (seeds.length) await this.seed(seeds);
    };
    const drop = made("section", { class: "drop", ondragover: (event) => { event.preventDefault(); drop.classList.add("over"); }, ondragleave: () => drop.classList.remove("over"), ondrop: async (event) => {
      event.preventDefault();
      drop.classList.remove("over");
      await take([...event.dataTransfer.files]);
    } },
      made("h2", {}, "New articles"), made("p", {}, "Drop raw articles here (text, Markdown, web pages, Word, OpenDocument, Rich Text, PDF, EPUB, exports of WordPress, feeds, web archives), or choose them. They are kept in seeds/ as they are, and imported: what the import proposes is for you to judge."),
      this.queue.seeds.length ? made("p", {}, `Not imported yet: ${this.queue.seeds.join(", ")} `, made("button", { type: "button", onclick: () => this.seed([], this.queue.seeds) }, "Import them")) : "",
      made("div", { class: "filters" }, made("label", {}, "Files", files), made("label", {}, "A folder", folder), made("button", { type: "button", onclick: () => take([...files.files, ...folder.files]) }, "Take these")),
      made("details", {}, made("summary", {}, "Paste a text"), made("label", {}, "A name for its file", name), words, made("p", {}, made("button", { type: "button", class: "main", onclick: async () => {
        if (words.value.trim()) await this.seed([{ name: name.value.trim() || "pasted.txt", data: await encoded(new Blob([words.value])) }]);
      } }, "Import it"))));
    return [drop];
  }

  async seed(seeds, known = []) {
    this.say("Importing …");
    try {
      const done = await tell("seeds", { seeds, known });
      this.told.replaceChildren(made("ul", {}, done.told.map((line) => made("li", {}, line))));
      await this.later();
    } catch (error) {
      if (!(error instanceof Failed)) throw error;
      this.say(error.message, true);
    }
  }

  // The archive is read again once files have changed; the queue is asked for until it tells of them.
  async later() {
    const before = this.queue.articles.length;
    for (let turn = 0; turn < 20 && this.queue.articles.length === before; turn += 1) {
      await new Promise((done) => setTimeout(done, 300));
      this.queue.articles = (await ask("queue")).articles;
    }
    const told = [...this.told.childNodes];
    await this.load();
    this.told.replaceChildren(...told);
  }

  say(words, isBad = false) {
    this.told.replaceChildren(made("p", { class: isBad ? "bad" : "" }, words));
  }
}

// The printed address leads here with the key behind its #: it is kept, and stands in no address from now on.
if (location.hash) {
  keep(location.hash.slice(1));
  history.replaceState(null, "", location.pathname);
}
if (main.id === "enter") enter();
else {
  new Queue().load().catch((error) => {
    if (!(error instanceof Failed)) throw error;
    if (error.status === 403 && "password" in main.dataset) enter();
    else main.replaceChildren(made("p", { class: "bad", role: "alert" }, error.message));
  });
}
