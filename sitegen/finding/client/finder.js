// Finds what a reader seeks, in the index that the build has made (sitegen/finding/index.py; docs/search.md). It fetches the files that
// a question needs and no others, asks nobody else, and knows no page: search.js shows what it finds.

const LETTERS = { ß: "ss", æ: "ae", œ: "oe", ø: "o", ł: "l", đ: "d", ð: "d", þ: "th", ı: "i", ħ: "h", ŧ: "t", ς: "σ" };
const STRETCH = /[\p{L}\p{N}\p{M}_\u00ad\u200b-\u200d\u2060'’ʼ]+/gu;
const WORD = /[\p{L}\p{N}\p{Mc}]+(?:['’ʼ][\p{L}\p{N}\p{Mc}]+)*/gu;
const NUMBER = /(?<![0-9])[0-9]{1,3}(?:[,.'’ \u00a0\u2007-\u200a\u202f][0-9]{3})+(?![0-9])/g;
const LEAST = 3;
const LONG = 2_000; // signs of a question that are read
const MANY = 48; // words of a question that are sought
const FEW = 12; // files of an index that are fetched at once
const AHEAD = 6; // documents that are fetched while it is not yet known whether they are the first

// The steps of sitegen/finding/terms.py, which says why.

export const folded = (text) =>
  text
    .normalize("NFKD")
    .replace(/[\p{Mn}\p{Me}\u00ad\u200b-\u200d\u2060]/gu, "")
    .toLowerCase()
    .replace(/[ßæœøłđðþıħŧς]/g, (letter) => LETTERS[letter]);

const wordsOf = (stretch) =>
  (folded(stretch).match(WORD) ?? []).map((word) => {
    const [first, ...more] = word.split(/['’ʼ]/);
    if (more.length && more.at(-1) === "s") more.pop();
    const whole = first + more.join("");
    return /^[a-z0-9]{1,2}$/.test(first) && more.length && more[0].length >= LEAST ? [whole, more[0]] : [whole];
  });

// Every word and number of a text with where it stands. `beside`: what stands there already, in another form.
export const tokens = (text) => {
  const out = [];
  const grouped = [];
  for (const found of text.matchAll(NUMBER)) {
    grouped.push({ word: found[0].replace(/[^0-9]/g, ""), start: found.index, end: found.index + found[0].length, beside: false });
  }
  let number = 0;
  for (const found of text.matchAll(STRETCH)) {
    const bare = found[0].replace(/^['’ʼ]+|['’ʼ]+$/g, "");
    const start = found.index + found[0].indexOf(bare);
    const end = start + bare.length;
    while (number < grouped.length && grouped[number].end <= start) number++;
    const isPart = number < grouped.length && start >= grouped[number].start && end <= grouped[number].end;
    for (const known of wordsOf(found[0])) for (const [at, word] of known.entries()) out.push({ word, start, end, beside: isPart || at > 0 });
  }
  return [...grouped, ...out];
};

// The words of a text one after the other, each once: a number whose digits are grouped is one, of "l'homme" it is the joined word.
const running = (text) =>
  tokens(text)
    .filter((one) => !one.beside)
    .sort((a, b) => a.start - b.start);

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

const summed = (gaps) => {
  let at = 0;
  return gaps.map((gap) => (at += gap));
};

// What a table of the index has of a key. A word may be one that every object knows (`constructor`).
const unpacked = (table, key) => (Object.hasOwn(table, key) ? summed(table[key]) : []);

const QUOTED = /["“”„«»]([^"“”„«»]+)["“”„«»]/g;

// What a question asks for: words, and phrases, which must stand so. A number whose digits are grouped is one word.
export const asked = (question) => {
  const read = question.slice(0, LONG);
  const plain = (text) => running(text).map((one) => one.word);
  const phrases = [...read.matchAll(QUOTED)].map((one) => plain(one[1])).filter((one) => one.length);
  return { words: plain(read.replace(QUOTED, " ").replace(/["“”„«»]/g, " ")).slice(0, MANY), phrases };
};

export class Finder {
  // `index`: the address of manifest.json; `home`: that of the site; `stems`: a function from a word to what it may be without its ending.
  constructor(index, home, stems, get = (...of) => fetch(...of)) {
    this.index = index;
    this.home = home;
    this.stems = stems;
    this.get = get;
    this.fetched = new Map();
    this.days = new WeakMap(); // of the file, unpacked
  }

  // What tells where all else is.
  get manifest() {
    return this.once(this.index);
  }

  // Fetches what most questions need, before one is asked; of a small archive everything.
  async prepare() {
    const { files, groups, listed } = await this.manifest;
    // where the entries stand, for names lead there
    const articles = groups[0]?.[1] ?? 0;
    const all = groups.reduce((sum, [, count]) => sum + count, 0);
    const entries = [];
    for (let file = Math.floor(articles / listed); file * listed < all && entries.length < FEW; file++) entries.push(`documents-${file}`);
    for (const name of Object.keys(files).length <= FEW ? Object.keys(files) : ["days", ...entries]) this.file(name).catch(() => null);
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

  // What stands at an address, fetched once; what could not be fetched is fetched again when it is asked for again.
  once(address) {
    if (!this.fetched.has(address)) {
      const coming = this.json(address);
      this.fetched.set(address, coming);
      coming.catch(() => this.fetched.delete(address));
    }
    return this.fetched.get(address);
  }

  async file(name) {
    const { files } = await this.manifest;
    return Object.hasOwn(files, name) ? this.once(this.index.replace("manifest", `${name}.${files[name]}`)) : {};
  }

  // Whether the site was published anew since a question was begun, by the manifest that it had (`begun`, null where it had none): then files
  // of that manifest may be gone, and the new one holds. Another question may have found that out meanwhile.
  async renewed(begun) {
    const before = await this.manifest.catch(() => null);
    if (begun !== null && before !== null && before !== begun) return true;
    const now = await this.json(this.index, { cache: "reload" }).catch(() => null);
    if (before === null || now === null || JSON.stringify(before) === JSON.stringify(now)) return false;
    this.fetched.clear();
    this.fetched.set(this.index, Promise.resolve(now));
    return true;
  }

  async termsOf(word) {
    const { shape } = await this.manifest;
    return this.file(`terms-${spread([...word].slice(0, shape.prefix).join("")) % shape.files}`);
  }

  async keysOf(key) {
    const { shape } = await this.manifest;
    const [kind, stem] = key.split("/");
    return unpacked(await this.file(`${kind}-${spread(stem) % shape.parts}`), key);
  }

  // The kind and stem of a document by its number.
  async document(number) {
    const { shape, listed, groups } = await this.manifest;
    const group = Math.floor(number / shape.width);
    const stems = (await this.file(`documents-${Math.floor(group / listed)}`))[group % listed];
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

  // The day of each document, a number that is larger of a later one; 0 of one without a date.
  async daysOf(numbers) {
    const { shape } = await this.manifest;
    const packed = await this.file("days");
    if (!this.days.has(packed)) this.days.set(packed, packed.map(summed));
    const days = this.days.get(packed);
    return new Map(numbers.map((number) => [number, days[Math.floor(number / shape.width)]?.[number % shape.width] ?? 0]));
  }

  // The documents that have a word, in whatever form; and, where it stands nowhere, those that have what it begins (`begins`), or what is spelt
  // nearly so (`instead`).
  async having(word) {
    const out = { documents: new Set(), titled: new Set(), begins: [], instead: [] };
    const take = (terms, term) => {
      for (const number of unpacked(terms, term)) out.documents.add(number);
      for (const number of unpacked(terms, `^${term}`)) out.titled.add(number);
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
    if (begun.length) out.begins = [word];
    else out.instead = instead;
    return out;
  }

  // The entries that some words that stand together name, and how many words that takes; of names that begin alike the longest. `isLike`:
  // whether the name is but spelt nearly so.
  async named(all, at) {
    const terms = await this.termsOf(all[at]);
    const names = Object.keys(terms).filter((one) => one[0] === "=");
    const longest = names.reduce((most, one) => Math.max(most, one.split(" ").length), 1);
    for (let end = Math.min(all.length, at + longest); end > at; end--) {
      const text = all.slice(at, end).join(" ");
      let numbers = unpacked(terms, `=${text}`);
      const isLike = !numbers.length;
      if (isLike && end === at + 1) numbers = await this.alike(text, terms, names);
      if (numbers.length) {
        const entries = await Promise.all(numbers.map((number) => this.document(number)));
        const naming = await Promise.all(entries.map((one) => this.keysOf(`${one.kind}/${one.stem}`)));
        return { entries, documents: new Set([...numbers, ...naming.flat()]), count: end - at, isLike };
      }
    }
    return null;
  }

  // The entries of whose names one is spelt nearly as a word that stands nowhere.
  async alike(word, terms, names) {
    const forms = [word, ...this.stems(word)];
    if (word.length < 4 || forms.some((one) => Object.hasOwn(terms, one))) return [];
    const isLike = (name) => forms.some((one) => one.length >= 4 && isNear(name, one, one.length >= 8 ? 2 : 1));
    const near = names.filter((one) => !one.includes(" ") && isLike(one.slice(1)));
    if (near.length) return near.flatMap((one) => unpacked(terms, one));
    return names.some((one) => one.slice(1).startsWith(word)) ? [] : this.misspelt(word);
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

  // The entries of whose names a word is one with a mistake among the letters that choose its file: other files have these. A letter is wrong where
  // both lack it, missing where the name lacks it, too many where the word does without it; or it is exchanged with the next.
  async misspelt(word) {
    const { shape } = await this.manifest;
    const letters = [...word];
    const places = Array.from({ length: Math.min(shape.prefix, letters.length - 1) }, (_, at) => at);
    const lacking = places.map((at) => letters.toSpliced(at, 1).join(""));
    const exchanged = places.map((at) => letters.toSpliced(at, 2, letters[at + 1], letters[at]).join(""));
    const keys = [...[...lacking, word].map((one) => ["~", one]), ...[...lacking, ...exchanged].map((one) => ["=", one])];
    const found = await Promise.all(keys.map(async ([sign, one]) => unpacked(await this.termsOf(one), sign + one)));
    return [...new Set(found.flat())];
  }

  // What a question finds: numbers of documents, those that suit best first. `whole`: whether each has all that was asked for; `names`: the entries
  // whose names stand in the question, those of them `like` that are but spelt nearly so; `begins`: words of which it was sought what they begin;
  // `instead`: words that were sought in the place of one that stands nowhere.
  async find(question) {
    const { words: single, phrases } = asked(question);
    const all = [...single, ...phrases.flat()];
    if (!all.length) return { words: [], phrases, numbers: [], days: new Map(), whole: true, names: [], like: [], begins: [], instead: [] };
    const naming = this.naming(all);
    const [having] = await Promise.all([Promise.all(all.map((word) => this.having(word))), this.file("days")]);
    // what the words alone lead to is fetched while it is asked whom they name: it is much the same
    this.ahead((await this.ranked(having, [])).numbers).catch(() => null);
    const names = await naming;
    return {
      words: all,
      phrases,
      ...(await this.ranked(having, names)),
      names: names.flatMap((one) => one.entries),
      like: names.filter((one) => one.isLike).flatMap((one) => one.entries),
      begins: having.flatMap((one) => one.begins),
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
    let most = 0; // an archive may have more documents than a function takes arguments
    for (const count of score.values()) most = Math.max(most, count);
    const numbers = [...score].filter(([, count]) => count === most).map(([number]) => number);
    const titled = new Map();
    for (const one of having) for (const number of one.titled) titled.set(number, (titled.get(number) ?? 0) + 1);
    const own = new Set(names.flatMap((one) => (one.count === having.length ? one.entries.map((entry) => entry.number) : [])));
    const days = await this.daysOf(numbers);
    const rank = (number) => (own.has(number) ? 1e6 : 0) + (titled.get(number) ?? 0);
    numbers.sort((a, b) => rank(b) - rank(a) || days.get(b) - days.get(a) || a - b);
    return { numbers, days, whole: most === having.length };
  }

  async ahead(numbers) {
    for (const number of numbers.slice(0, AHEAD)) this.document(number).then((one) => this.words(one)).catch(() => null);
  }

  // Those of some documents that have a key.
  async within(key, numbers) {
    const having = new Set(await this.keysOf(key));
    return numbers.filter((number) => having.has(number));
  }

  // The address of a document; a free page has that of its file.
  addressOf({ kind, stem }) {
    return `${this.home}${kind === "pages" ? "" : `${kind}/`}${stem}/`;
  }

  // The words of a document, as they stand beside its page.
  async words(document) {
    const address = this.addressOf(document);
    return { address, ...(await this.once(`${address}words.json`)) };
  }

  // What of a text answers a question: stretches, in order, each with the word of the question (`of`) that it answers.
  matches(text, found, names = []) {
    const wanted = new Map(found.instead.map((word) => [word, word]));
    for (const word of found.words) for (const form of [word, ...this.stems(word)]) wanted.set(form, word);
    const out = [];
    for (const { word, start, end } of tokens(text)) {
      const form = [word, ...this.stems(word)].find((one) => wanted.has(one));
      const of = form ? wanted.get(form) : found.begins.find((one) => word.startsWith(one));
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
    const { shape } = await this.manifest;
    const among = new Set(numbers);
    const parts = await Promise.all(Array.from({ length: shape.parts }, (_, part) => `${kind}-${part}`).map((name) => this.file(name)));
    const out = [];
    for (const part of parts) {
      for (const [key, gaps] of Object.entries(part)) {
        let number = 0;
        let count = 0;
        for (const gap of gaps) count += among.has((number += gap));
        if (count) out.push({ key, count });
      }
    }
    return out.sort((a, b) => b.count - a.count || (a.key < b.key ? -1 : 1));
  }
}
