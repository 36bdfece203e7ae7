// Finds what a reader seeks, in the index that the build has made (sitegen/finding/index.py; docs/search.md). It fetches the files that
// a question needs and no others, asks nobody else, and knows no page: search.js shows what it finds.

const LETTERS = { ß: "ss", æ: "ae", œ: "oe", ø: "o", ł: "l", đ: "d", ð: "d", þ: "th", ı: "i", ħ: "h", ŧ: "t", ς: "σ" };
const STRETCH = /[\p{L}\p{N}_\u0300-\u036f'’ʼ]+/gu;
const WORD = /[\p{L}\p{N}]+(?:['’ʼ][\p{L}\p{N}]+)*/gu;
const NUMBER = /[0-9]+(?:[,.'’\s][0-9]{3})+(?![0-9])/g;
const LEAST = 3;
const FEW = 12; // files of an index that are fetched at once
const AHEAD = 6; // documents that are fetched while it is not yet known whether they are the first

// The steps of sitegen/finding/terms.py, which says why.

export const folded = (text) =>
  text
    .normalize("NFKD")
    .replace(/\p{Mn}/gu, "")
    .toLowerCase()
    .replace(/[ßæœøłđðþıħŧς]/g, (letter) => LETTERS[letter]);

const wordsOf = (stretch) =>
  (folded(stretch).match(WORD) ?? []).flatMap((word) => {
    const [first, ...more] = word.split(/['’ʼ]/);
    if (more.length && more.at(-1) === "s") more.pop();
    const whole = first + more.join("");
    return /^[a-z0-9]{1,2}$/.test(first) && more.length && more[0].length >= LEAST ? [whole, more[0]] : [whole];
  });

// Every word and number of a text with where it stands.
export const tokens = (text) => {
  const out = [];
  for (const found of text.matchAll(NUMBER)) {
    if (/^[0-9]{1,3}[^0-9]/.test(found[0])) {
      out.push({ word: found[0].replace(/[^0-9]/g, ""), start: found.index, end: found.index + found[0].length, grouped: true });
    }
  }
  for (const found of text.matchAll(STRETCH)) {
    const bare = found[0].replace(/^['’ʼ]+|['’ʼ]+$/g, "");
    const start = found.index + found[0].indexOf(bare);
    for (const word of wordsOf(found[0])) out.push({ word, start, end: start + bare.length });
  }
  return out;
};

// The words of a text one after the other, each once: of a number whose digits are grouped its parts, of "l'homme" the joined word.
const running = (text) => {
  const all = tokens(text).filter((one) => !one.grouped);
  return all.filter((one, at) => at === 0 || one.start !== all[at - 1].start);
};

const spread = (text) => {
  let out = 0x811c9dc5;
  for (const char of text) out = Math.imul(out ^ char.codePointAt(0), 0x01000193) >>> 0;
  return out;
};

// Whether one word becomes another by at most so many letters that are wrong, missing, too many or exchanged with the next.
export const isNear = (a, b, most) => {
  if (Math.abs(a.length - b.length) > most) return false;
  let before = [];
  let last = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      row[j] = Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (a[i - 1] !== b[j - 1]));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) row[j] = Math.min(row[j], before[j - 2] + 1);
    }
    before = last;
    last = row;
  }
  return last[b.length] <= most;
};

const unpacked = (gaps) => {
  let at = 0;
  return (gaps ?? []).map((gap) => (at += gap));
};

const QUOTED = /["“”„«»]([^"“”„«»]+)["“”„«»]/g;

// What a question asks for: words, and phrases, which must stand so. A number whose digits are grouped is one word.
export const asked = (question) => {
  const phrases = [...question.matchAll(QUOTED)].map((one) => running(one[1]).map((token) => token.word)).filter((one) => one.length);
  const rest = tokens(question.replace(QUOTED, " ").replace(/["“”„«»]/g, " "));
  const numbers = rest.filter((one) => one.grouped);
  const single = rest.filter((one) => one.grouped || !numbers.some((number) => one.start >= number.start && one.end <= number.end));
  single.sort((a, b) => a.start - b.start);
  // of "l'homme" the joined word alone
  const plain = single.filter((one, at) => at === 0 || one.grouped || one.start !== single[at - 1].start).map((one) => one.word);
  return { words: plain, phrases };
};

export class Finder {
  // `index`: the address of manifest.json; `home`: that of the site; `stems`: a function from a word to what it may be without its ending.
  constructor(index, home, stems, get = (...of) => fetch(...of)) {
    this.folder = index.replace(/manifest\.json$/, "");
    this.home = home;
    this.stems = stems;
    this.get = get;
    this.fetched = new Map();
    this.manifest = this.json(index);
  }

  // Fetches what most questions need, before one is asked; of a small archive everything.
  async prepare() {
    const { files, groups, together } = await this.manifest;
    // where the entries stand, for names lead there
    const articles = groups[0]?.[1] ?? 0;
    const all = groups.reduce((sum, [, count]) => sum + count, 0);
    const entries = [];
    for (let file = Math.floor(articles / together); file * together < all && entries.length < FEW; file++) entries.push(`documents-${file}`);
    for (const name of files.length <= FEW ? files : ["months", ...entries]) this.file(name).catch(() => null);
  }

  // Fetches the terms of a question that is still being typed: its first letters say where they are.
  async begin(question) {
    const { shape } = await this.manifest;
    for (const word of asked(question).words) if ([...word].length >= shape.prefix) this.termsOf(word).catch(() => null);
  }

  async json(address, options) {
    const found = await this.get(address, options);
    if (!found.ok) throw new Error(`${address}: ${found.status}`);
    return found.json();
  }

  async file(name) {
    const { files, version } = await this.manifest;
    if (!files.includes(name)) return {};
    if (!this.fetched.has(name)) {
      const coming = this.json(`${this.folder}${name}.json?${version}`);
      this.fetched.set(name, coming);
      coming.catch(() => this.fetched.delete(name));
    }
    return this.fetched.get(name);
  }

  async termsOf(word) {
    const { shape } = await this.manifest;
    return this.file(`terms-${spread([...word].slice(0, shape.prefix).join("")) % shape.files}`);
  }

  async keysOf(key) {
    const { shape } = await this.manifest;
    const [kind, stem] = key.split("/");
    return unpacked((await this.file(`${kind}-${spread(stem) % shape.parts}`))[key]);
  }

  // The kind and stem of a document by its number.
  async document(number) {
    const { shape, together, groups } = await this.manifest;
    const group = Math.floor(number / shape.width);
    const stems = (await this.file(`documents-${Math.floor(group / together)}`))[group % together];
    return { number, kind: this.kindOf(group, groups), stem: stems[number % shape.width] };
  }

  kindOf(group, groups) {
    let first = 0;
    for (const [kind, count] of groups) {
      first += count;
      if (group < first) return kind;
    }
    return "";
  }

  async kinds(numbers) {
    const { shape, groups } = await this.manifest;
    const out = new Map();
    for (const number of numbers) {
      const kind = this.kindOf(Math.floor(number / shape.width), groups);
      if (!out.has(kind)) out.set(kind, []);
      out.get(kind).push(number);
    }
    return out;
  }

  // The month of each document, counted from the year 0; 0 of one without a date.
  async monthsOf(numbers) {
    const { shape } = await this.manifest;
    const months = await this.file("months");
    return new Map(numbers.map((number) => [number, months[Math.floor(number / shape.width)]?.[number % shape.width] ?? 0]));
  }

  // The documents that have a word, in whatever form; and, where it stands nowhere, those that have what it begins, or what is spelt nearly so.
  async having(word) {
    const out = { documents: new Set(), titled: new Set(), instead: [] };
    const take = (terms, term) => {
      for (const number of unpacked(terms[term])) out.documents.add(number);
      for (const number of unpacked(terms[`^${term}`])) out.titled.add(number);
    };
    for (const one of new Set([word, ...this.stems(word)])) take(await this.termsOf(one), one);
    if (out.documents.size) return out;
    const terms = await this.termsOf(word);
    const known = Object.keys(terms).filter((one) => !"^=~".includes(one[0]));
    const begun = word.length >= 2 ? known.filter((one) => one.startsWith(word)) : [];
    const most = word.length >= 8 ? 2 : 1;
    const near = (one) => /\p{L}/u.test(word) && word.length >= 4 && isNear(one, word, most);
    const instead = begun.length ? begun : known.filter((one) => near(one) || this.stems(word).some((stem) => stem.length >= 4 && isNear(one, stem, 1)));
    for (const one of instead) take(terms, one);
    if (!begun.length) out.instead = instead;
    return out;
  }

  // The entries that some words that stand together name, and how many words that takes; of names that begin alike the longest.
  async named(all, at) {
    const terms = await this.termsOf(all[at]);
    const names = Object.keys(terms).filter((one) => one[0] === "=");
    for (let end = all.length; end > at; end--) {
      const text = all.slice(at, end).join(" ");
      let numbers = unpacked(terms[`=${text}`]);
      const forms = [text, ...this.stems(text)];
      if (!numbers.length && end === at + 1 && text.length >= 4 && !forms.some((one) => one in terms)) {
        const isLike = (name) => forms.some((one) => one.length >= 4 && isNear(name, one, one.length >= 8 ? 2 : 1));
        const near = names.filter((one) => !one.includes(" ") && isLike(one.slice(1)));
        numbers = near.flatMap((one) => unpacked(terms[one]));
        if (!numbers.length && !names.some((one) => one.slice(1).startsWith(text))) numbers = await this.misspelt(text);
      }
      if (numbers.length) {
        const entries = await Promise.all(numbers.map((number) => this.document(number)));
        const naming = await Promise.all(entries.map((one) => this.keysOf(`${one.kind}/${one.stem}`)));
        return { entries, documents: new Set([...numbers, ...naming.flat()]), count: end - at };
      }
    }
    return null;
  }

  // The entries that stand in a question by their names, each with its place and its number of words.
  async naming(all) {
    const out = [];
    for (let at = 0; at < all.length; ) {
      const found = await this.named(all, at);
      if (found) out.push({ ...found, at });
      at += found ? found.count : 1;
    }
    return out;
  }

  // The entries of whose names a word is one with a wrong letter at its beginning: other files have these.
  async misspelt(word) {
    const [first, second, ...rest] = word;
    const lacking = [second + rest.join(""), first + rest.join(""), word];
    const found = await Promise.all(lacking.map(async (one) => unpacked((await this.termsOf(one))[`~${one}`])));
    const swapped = second + first + rest.join("");
    found.push(unpacked((await this.termsOf(swapped))[`=${swapped}`]));
    return [...new Set(found.flat())];
  }

  // What a question finds: numbers of documents, those that suit best first. `whole`: whether each has all that was asked for; `names`: the entries
  // whose names stand in the question; `instead`: words that were sought in the place of one that stands nowhere.
  async find(question) {
    const { words: single, phrases } = asked(question);
    const all = [...single, ...phrases.flat()];
    if (!all.length) return { words: [], phrases, numbers: [], months: new Map(), whole: true, names: [], instead: [] };
    const naming = this.naming(all);
    const [having] = await Promise.all([Promise.all(all.map((word) => this.having(word))), this.file("months")]);
    // what the words alone lead to is fetched while it is asked whom they name: it is much the same
    this.ahead((await this.ranked(having, [])).numbers).catch(() => null);
    const names = await naming;
    return {
      words: all,
      phrases,
      ...(await this.ranked(having, names)),
      names: names.flatMap((one) => one.entries),
      instead: having.flatMap((one) => one.instead),
    };
  }

  // The documents that have the most words, or name what these name: those that are called so first, then those whose titles have most of
  // them, then the newest.
  async ranked(having, names) {
    const sets = having.map((one, at) => {
      const name = names.find((one) => at >= one.at && at < one.at + one.count);
      return name ? new Set([...one.documents, ...name.documents]) : one.documents;
    });
    const score = new Map();
    for (const set of sets) for (const number of set) score.set(number, (score.get(number) ?? 0) + 1);
    const most = Math.max(0, ...score.values());
    const numbers = [...score].filter(([, count]) => count === most).map(([number]) => number);
    const titled = new Map();
    for (const one of having) for (const number of one.titled) titled.set(number, (titled.get(number) ?? 0) + 1);
    const own = new Set(names.flatMap((one) => (one.count === having.length ? one.entries.map((entry) => entry.number) : [])));
    const months = await this.monthsOf(numbers);
    const rank = (number) => (own.has(number) ? 1e6 : 0) + (titled.get(number) ?? 0);
    numbers.sort((a, b) => rank(b) - rank(a) || months.get(b) - months.get(a) || a - b);
    return { numbers, months, whole: most === having.length };
  }

  async ahead(numbers) {
    for (const number of numbers.slice(0, AHEAD)) this.document(number).then((one) => this.words(one)).catch(() => null);
  }

  // Those of some documents that have a key.
  async within(key, numbers) {
    const having = new Set(await this.keysOf(key));
    return numbers.filter((number) => having.has(number));
  }

  // The words of a document, as they stand beside its page.
  async words(document) {
    const address = `${this.home}${document.kind}/${document.stem}/`;
    if (!this.fetched.has(address)) this.fetched.set(address, this.json(`${address}words.json`));
    return { address, ...(await this.fetched.get(address)) };
  }

  // What of a text answers a question: stretches, in order, each with the word of the question (`of`) that it answers.
  matches(text, found, names = []) {
    const wanted = new Map(found.instead.map((word) => [word, word]));
    for (const word of found.words) for (const form of [word, ...this.stems(word)]) wanted.set(form, word);
    const begun = found.words.filter((word) => word.length >= LEAST);
    const out = [];
    for (const { word, start, end } of tokens(text)) {
      const form = [word, ...this.stems(word)].find((one) => wanted.has(one));
      const of = form ? wanted.get(form) : begun.find((one) => word.startsWith(one));
      if (of) out.push({ start, end, of });
    }
    const plain = running(text);
    const runs = (sought) => {
      const hits = [];
      for (let at = 0; at + sought.length <= plain.length; at++) {
        if (sought.every((word, next) => plain[at + next].word === word)) hits.push({ start: plain[at].start, end: plain[at + sought.length - 1].end, of: sought.join(" ") });
      }
      return hits;
    };
    for (const name of names) out.push(...runs(running(name).map((one) => one.word)));
    for (const phrase of found.phrases) out.push(...runs(phrase));
    out.sort((a, b) => a.start - b.start || b.end - a.end);
    return out.filter((one, at) => at === 0 || one.start >= out[at - 1].end);
  }

  // Whether a phrase stands in a text, word for word.
  holds(text, phrase) {
    const plain = running(text);
    return plain.some((_, at) => phrase.every((word, next) => plain[at + next]?.word === word));
  }

  // The keys of a kind that stand in some documents, with in how many: those of most first.
  async facet(kind, numbers) {
    const { shape, files } = await this.manifest;
    const among = new Set(numbers);
    const parts = await Promise.all(Array.from({ length: shape.parts }, (_, part) => `${kind}-${part}`).filter((name) => files.includes(name)).map((name) => this.file(name)));
    const out = [];
    for (const part of parts) {
      for (const [key, gaps] of Object.entries(part)) {
        const count = unpacked(gaps).reduce((sum, number) => sum + among.has(number), 0);
        if (count) out.push({ key, count });
      }
    }
    return out.sort((a, b) => b.count - a.count || (a.key < b.key ? -1 : 1));
  }
}
