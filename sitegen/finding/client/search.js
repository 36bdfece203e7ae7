// The page on which one searches: what is asked stands in its address, so that it can be shared, and the answer is made here (finder.js).
// All words that it shows are the template's.

const root = document.querySelector("[data-finder]");
const form = root.querySelector("form");
const field = form.elements.q;
const list = root.querySelector("[data-hits]");
const status = root.querySelector("[role=status]");
const facets = root.querySelector("[data-facets]");
const more = root.querySelector("[data-more]");
const say = (name) => root.querySelector(`template[data-say]`).content.querySelector(`[data-name="${name}"]`).textContent;
const number = (value) => value.toLocaleString(document.documentElement.lang);

const AT_ONCE = 10;
const LOOKED_AT = 80; // documents that are looked through for a phrase before the reader is asked to go on
const SHOWN = 3; // sentences of an article
const OPTIONS = 12; // of a facet
const FILTERS = ["kind", "year", "source", "place", "topic", "voice"];
const VOICES = ["credited", "own"];
const PLURAL = { source: "sources", place: "places", topic: "topics" };

const { Finder } = await import(root.dataset.finder);
const stemmers = await Promise.all([...root.querySelectorAll("[data-stemmer]")].map((one) => import(one.dataset.stemmer)));
const stemmed = new Map(); // a page has the same words again and again
const stems = (word) => {
  if (!stemmed.has(word)) stemmed.set(word, [...word].length > 3 && /^\p{L}+$/u.test(word) ? stemmers.map(({ stem }) => stem(word)) : []);
  return stemmed.get(word);
};
const finder = new Finder(root.dataset.index, root.dataset.home, stems);
finder.prepare().catch(() => null); // what is missing is told when somebody asks
let asking = 0;

const state = () => Object.fromEntries(["q", ...FILTERS].map((name) => [name, new URLSearchParams(location.search).get(name) ?? ""]));
const addressOf = (wanted) => {
  const query = new URLSearchParams(Object.entries(wanted).filter(([, value]) => value));
  return `${location.pathname}${query.size ? `?${query}` : ""}`;
};
const piece = (name) => root.querySelector(`template[data-piece="${name}"]`).content.firstElementChild.cloneNode(true);
const part = (element, name) => element.querySelector(`[data-part="${name}"]`);

// The text with what was sought marked in it.
const marked = (element, text, stretches) => {
  let at = 0;
  for (const { start, end } of stretches) {
    element.append(text.slice(at, start));
    const mark = document.createElement("mark");
    mark.textContent = text.slice(start, end);
    element.append(mark);
    at = end;
  }
  element.append(text.slice(at));
};

const segmenters = new Map();
const sentencesOf = (text, lang) => {
  if (!Intl.Segmenter) return [{ start: 0, end: text.length }];
  const tag = lang || document.documentElement.lang;
  if (!segmenters.has(tag)) segmenters.set(tag, new Intl.Segmenter(tag, { granularity: "sentence" }));
  return [...segmenters.get(tag).segment(text)].map((one) => ({ start: one.index, end: one.index + one.segment.trimEnd().length }));
};

// Who speaks in a sentence: somebody who is credited, or the article itself; nobody has said so of one that states nothing.
const voiceOf = ({ speakers }) => (speakers === null ? "" : speakers.length ? "credited" : "own");

// The sentences of an article that answer best, each with the words that state something in it.
const answering = (found, words, names, voice) => {
  const out = [];
  words.passages.forEach(([id, text, stated], order) => {
    const stretches = finder.matches(text, found, names);
    if (!stretches.length) return;
    for (const { start, end } of sentencesOf(text, words.lang)) {
      const within = stretches.filter((one) => one.start >= start && one.end <= end);
      if (!within.length) continue;
      const states = stated.filter(([from, to]) => from < end && to > start);
      const best = states.find(([from, to]) => within.some((one) => one.start < to && one.end > from)) ?? null;
      const speakers = best ? best[3] : null;
      if (voice && voice !== voiceOf({ speakers })) continue;
      const different = new Set(within.map((one) => one.of)).size;
      const anchor = best ? best[2] : id;
      out.push({
        text: text.slice(start, end),
        stretches: within.map((one) => ({ start: one.start - start, end: one.end - start })),
        href: anchor ? `#${anchor}` : "",
        speakers,
        worth: different * 10 + (best ? 2 : 0) + (order ? 1 : 0),
        order,
        isTitle: !order,
      });
    }
  });
  return out.sort((a, b) => b.worth - a.worth || a.order - b.order);
};

const articleOf = (words, sentences) => {
  const hit = piece("article");
  const link = part(hit, "title");
  link.href = words.address;
  link.textContent = words.title;
  if (words.lang) link.lang = words.lang;
  part(hit, "about").textContent = [words.date, words.publisher].filter(Boolean).join(" · ");
  const inner = part(hit, "sentences");
  const rest = part(hit, "rest");
  const told = sentences.filter((one) => !one.isTitle);
  told.forEach((one, at) => {
    const row = piece("sentence");
    const quote = part(row, "words");
    quote.href = words.address + one.href;
    if (words.lang) quote.lang = words.lang;
    marked(quote, one.text, one.stretches);
    const by = part(row, "speaker");
    if (one.speakers === null) by.remove();
    else if (!one.speakers.length) by.textContent = say("own");
    else by.textContent = say("credited").replace("%s", one.speakers.map((speaker) => speaker || say("unnamed")).join(", "));
    (at < SHOWN ? inner : part(rest, "further")).append(row);
  });
  if (told.length > SHOWN) part(rest, "count").textContent = say("rest").replace("%s", number(told.length - SHOWN));
  else rest.remove();
  if (!inner.children.length) inner.remove();
  return hit;
};

const entryOf = (words, found) => {
  const hit = piece("entry");
  const link = part(hit, "title");
  link.href = words.address;
  marked(link, words.title, finder.matches(words.title, found));
  const told = [words.kind, words.articles ? `${say("articles")} ${number(words.articles)}` : ""];
  part(hit, "about").textContent = told.filter(Boolean).join(" · ");
  const names = part(hit, "names");
  if (words.names.length) marked(names, words.names.join(", "), finder.matches(words.names.join(", "), found));
  else names.remove();
  const about = part(hit, "body");
  if (words.about) marked(about, words.about, finder.matches(words.about, found));
  else about.remove();
  return hit;
};

const optionOf = (wanted, name, value, text, count) => {
  const row = piece("option");
  const link = row.querySelector("a");
  const is = wanted[name] === value;
  link.href = addressOf({ ...wanted, [name]: is ? "" : value });
  link.textContent = text;
  if (is) link.setAttribute("aria-current", "true");
  row.dataset.value = value;
  part(row, "count").textContent = count === null ? "" : number(count);
  return row;
};

const facetOf = (label, name, rows) => {
  const one = piece("facet");
  one.dataset.facet = name;
  part(one, "label").textContent = label;
  part(one, "options").append(...rows);
  return one;
};

// What the answer can be narrowed to; of places, sources and topics only when the reader opens them, for that takes a file of each.
const narrowing = async (wanted, numbers, months, mine) => {
  const kinds = await finder.kinds(numbers);
  const labels = Object.fromEntries([...root.querySelectorAll("[data-kind]")].map((one) => [one.dataset.kind, one.textContent]));
  const made = [];
  const some = [...kinds].filter(([kind]) => labels[kind]);
  if (some.length > 1 || wanted.kind) {
    made.push(facetOf(say("kind"), "kind", some.map(([kind, of]) => optionOf(wanted, "kind", kind, labels[kind], of.length))));
  }
  const years = new Map();
  for (const one of numbers) {
    const month = months.get(one);
    if (month) years.set(Math.floor((month - 1) / 12), (years.get(Math.floor((month - 1) / 12)) ?? 0) + 1);
  }
  if (years.size > 1 || wanted.year) {
    const rows = [...years].sort(([a], [b]) => b - a).map(([year, count]) => optionOf(wanted, "year", `${year}`, `${year}`, count));
    made.push(facetOf(say("year"), "year", rows));
  }
  const articles = kinds.get("articles") ?? [];
  if (articles.length) {
    made.push(facetOf(say("voice"), "voice", VOICES.map((voice) => optionOf(wanted, "voice", voice, say(`voice-${voice}`), null))));
  }
  const shut = Object.keys(PLURAL).filter((name) => labels[PLURAL[name]]);
  for (const name of articles.length > 1 ? shut : shut.filter((one) => wanted[one])) {
    const one = facetOf(say(name), name, []);
    const fill = async () => {
      if (one.dataset.filled) return;
      one.dataset.filled = "";
      const found = (await finder.facet(PLURAL[name], articles)).slice(0, OPTIONS);
      const titled = await Promise.all(found.map(async ({ key, count }) => {
        const [kind, stem] = key.split("/");
        const words = await finder.words({ kind, stem }).catch(() => ({ title: stem }));
        return optionOf(wanted, name, stem, words.title, count);
      }));
      part(one, "options").append(...titled);
    };
    one.addEventListener("toggle", () => one.open && fill());
    if (wanted[name]) {
      one.open = true;
      await fill();
    }
    made.push(one);
  }
  if (mine !== asking) return;
  for (const one of made) if (wanted[one.dataset.facet] || matchMedia("(min-width: 60rem)").matches) one.open = true;
  facets.replaceChildren(...made);
  facets.hidden = !made.length;
};

const show = async () => {
  const mine = ++asking;
  const wanted = state();
  if (document.activeElement !== field) field.value = wanted.q;
  document.title = wanted.q ? `${wanted.q} – ${root.dataset.title}` : root.dataset.title;
  more.hidden = true;
  if (!wanted.q.trim()) {
    list.replaceChildren();
    facets.hidden = true;
    status.textContent = "";
    return;
  }
  status.textContent = say("searching");
  try {
    const found = await finder.find(wanted.q);
    let numbers = found.numbers;
    const kinds = wanted.kind ? await finder.kinds(numbers) : null;
    if (kinds) numbers = kinds.get(wanted.kind) ?? [];
    if (wanted.year) numbers = numbers.filter((one) => Math.floor((found.months.get(one) - 1) / 12) === Number(wanted.year));
    for (const name of Object.keys(PLURAL)) if (wanted[name]) numbers = await finder.within(`${PLURAL[name]}/${wanted[name]}`, numbers);
    // fetched while the first hits are
    const naming = Promise.all(found.names.map((one) => finder.words(one)));
    const narrowed = narrowing(wanted, numbers, found.months ?? new Map(), mine);
    const hits = [];
    const voices = { credited: 0, own: 0 };
    let at = 0;
    // the next documents that answer, until there are enough of them, or many were looked through
    const next = async (already) => {
      const made = [];
      let looked = 0;
      // a hit is shown as soon as its turn has come
      const put = (hit) => {
        if (already || made.length) list.append(hit);
        else list.replaceChildren(hit);
        made.push(hit);
      };
      while (at < numbers.length && made.length < AT_ONCE && looked < LOOKED_AT) {
        const some = numbers.slice(at, at + AT_ONCE - made.length);
        at += some.length;
        looked += some.length;
        const coming = some.map(async (one) => {
          const document = await finder.document(one);
          return { document, words: await finder.words(document) };
        });
        for (const one of coming) one.catch(() => null); // it is told when its turn has come
        const names = (await naming).flatMap((one) => [one.title, ...one.names]);
        for (const one of coming) {
          const { document, words } = await one;
          if (mine !== asking) return;
          if (document.kind !== "articles") {
            const said = [words.title, ...words.names, words.about];
            if (wanted.voice || !found.phrases.every((phrase) => said.some((text) => finder.holds(text, phrase)))) continue;
            put(entryOf(words, found));
            continue;
          }
          if (!found.phrases.every((phrase) => words.passages.some(([, text]) => finder.holds(text, phrase)))) continue;
          const sentences = answering(found, words, names, wanted.voice);
          if (wanted.voice && !sentences.length) continue;
          for (const voice of VOICES) voices[voice] += sentences.some((sentence) => voiceOf(sentence) === voice);
          put(articleOf(words, sentences));
        }
      }
      if (mine !== asking) return;
      if (!already && !made.length) list.replaceChildren();
      hits.push(...made);
      more.hidden = at >= numbers.length;
      if (already && made.length) made[0].querySelector("a").focus();
      const isExact = found.phrases.length || wanted.voice;
      const told = [];
      if (!hits.length) told.push(at < numbers.length ? say("none-yet").replace("%s", number(at)) : say("none"));
      else if (isExact && at < numbers.length) told.push(say("found-so-far").replace("%s", number(hits.length)));
      else told.push(say("found").replace("%s", number(isExact ? hits.length : numbers.length)));
      if (hits.length && !found.whole) told.push(say("partly"));
      if (found.instead.length) told.push(say("instead").replace("%s", [...new Set(found.instead)].slice(0, 5).join(", ")));
      status.textContent = told.join(" ");
    };
    // who speaks is known of the hits that are shown alone
    const tell = async () => {
      await narrowed;
      if (mine !== asking) return;
      for (const voice of VOICES) {
        const row = facets.querySelector(`[data-facet="voice"] [data-value="${voice}"]`);
        if (row) part(row, "count").textContent = !wanted.voice || wanted.voice === voice ? number(voices[voice]) : "";
      }
    };
    more.onclick = () => next(true).then(tell);
    await next(false);
    await tell();
  } catch (error) {
    if (mine !== asking) return;
    list.replaceChildren();
    facets.hidden = true;
    status.textContent = say("failed");
  }
};

const go = (wanted, isNew) => {
  if (addressOf(wanted) === location.pathname + location.search) return;
  history[isNew ? "pushState" : "replaceState"](null, "", addressOf(wanted));
  show();
};

let typing = 0;
field.addEventListener("input", () => {
  clearTimeout(typing);
  finder.begin(field.value).catch(() => null);
  typing = setTimeout(() => go({ q: field.value }, false), 120);
});
form.addEventListener("submit", (event) => {
  event.preventDefault();
  clearTimeout(typing);
  go({ q: field.value }, true);
});
facets.addEventListener("click", (event) => {
  const link = event.target.closest("a");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  history.pushState(null, "", link.href);
  show();
});
addEventListener("popstate", show);

// from the field down into the hits and back, by arrows
root.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && document.activeElement !== field) {
    field.focus();
    return;
  }
  if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
  const links = [...list.querySelectorAll("a")].filter((one) => one.checkVisibility());
  const at = links.indexOf(document.activeElement);
  if (at < 0 && document.activeElement !== field) return;
  const next = event.key === "ArrowDown" ? at + 1 : at - 1;
  if (next >= links.length) return;
  event.preventDefault();
  (next < 0 ? field : links[next]).focus();
});

root.querySelector("[data-without]").remove();
form.hidden = false;
if (!state().q) field.focus();
show();
