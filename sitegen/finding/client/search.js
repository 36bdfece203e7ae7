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
const WORDED = new Set(["articles", "pages"]); // of these the very sentences are shown
const VOICES = ["credited", "own"];
const PLURAL = { source: "sources", place: "places", topic: "topics" };

const { Finder, folded } = await import(root.dataset.finder);
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

// What cuts a text of a language into sentences; browsers know fewer languages than there are.
const segmenterOf = (lang) => {
  for (const tag of [lang, document.documentElement.lang, "en"]) {
    try {
      if (tag) return new Intl.Segmenter(tag, { granularity: "sentence" });
    } catch {}
  }
  return null;
};
const segmenters = new Map();
const sentencesOf = (text, lang) => {
  if (!segmenters.has(lang)) segmenters.set(lang, segmenterOf(lang));
  const segmenter = segmenters.get(lang);
  if (segmenter === null) return [{ start: 0, end: text.length }];
  return [...segmenter.segment(text)].map((one) => ({ start: one.index, end: one.index + one.segment.trimEnd().length }));
};

// Who speaks in a sentence: somebody who is credited, or the article itself; nobody has said so of one that states nothing, or is not judged yet.
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

// A word of the page with something put into it.
const told = (name, what) => say(name).replace("%s", () => what);

const articleOf = (words, sentences) => {
  const hit = piece("article");
  const link = part(hit, "title");
  link.href = words.address;
  link.textContent = words.title;
  if (words.lang) link.lang = words.lang;
  part(hit, "about").textContent = [words.date, words.publisher].filter(Boolean).join(" · ");
  const inner = part(hit, "sentences");
  const rest = part(hit, "rest");
  const shown = sentences.filter((one) => !one.isTitle);
  shown.forEach((one, at) => {
    const row = piece("sentence");
    const quote = part(row, "words");
    quote.href = words.address + one.href;
    if (words.lang) quote.lang = words.lang;
    marked(quote, one.text, one.stretches);
    const by = part(row, "speaker");
    if (one.speakers === null) by.remove();
    else if (!one.speakers.length) by.textContent = say("own");
    else by.textContent = told("credited", one.speakers.map((speaker) => speaker || say("unnamed")).join(", "));
    (at < SHOWN ? inner : part(rest, "further")).append(row);
  });
  if (shown.length > SHOWN) part(rest, "count").textContent = told("rest", number(shown.length - SHOWN));
  else rest.remove();
  if (!inner.children.length) inner.remove();
  return hit;
};

const entryOf = (words, found) => {
  const hit = piece("entry");
  const link = part(hit, "title");
  link.href = words.address;
  marked(link, words.title, finder.matches(words.title, found));
  const about = [words.kind, words.articles ? `${say("articles")} ${number(words.articles)}` : ""];
  part(hit, "about").textContent = about.filter(Boolean).join(" · ");
  const names = part(hit, "names");
  if (words.names.length) marked(names, words.names.join(", "), finder.matches(words.names.join(", "), found));
  else names.remove();
  const body = part(hit, "body");
  if (words.about) marked(body, words.about, finder.matches(words.about, found));
  else body.remove();
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

// A choice; what is chosen stands there also where nothing has it, so that it can be taken back.
const facetOf = (wanted, name, rows) => {
  const one = piece("facet");
  one.dataset.facet = name;
  part(one, "label").textContent = say(name);
  filled(one, wanted, rows);
  return one;
};

const filled = (facet, wanted, rows) => {
  const { facet: name } = facet.dataset;
  const isThere = !wanted[name] || rows.some((row) => row.dataset.value === wanted[name]);
  part(facet, "options").replaceChildren(...rows, ...(isThere ? [] : [optionOf(wanted, name, wanted[name], wanted[name], 0)]));
};

// The words of a document; where they do not come, its id, under which it is still a link.
const wordsOf = (document) =>
  finder.words(document).catch(() => {
    const title = document.stem.replaceAll("-", " ");
    const address = finder.addressOf(document);
    return { address, title, date: "", publisher: "", lang: "", passages: [], kind: "", names: [], about: "", articles: 0, isLacking: true };
  });

// What the answer can be narrowed to; of places, sources and topics only when the reader opens them, for that takes a file of each.
const narrowing = async (wanted, numbers, days, mine) => {
  const kinds = await finder.kinds(numbers);
  const labels = Object.fromEntries([...root.querySelectorAll("[data-kind]")].map((one) => [one.dataset.kind, one.textContent]));
  labels.pages = say("pages");
  const made = [];
  const some = [...kinds].filter(([kind]) => labels[kind]);
  if (some.length > 1 || wanted.kind) {
    made.push(facetOf(wanted, "kind", some.map(([kind, of]) => optionOf(wanted, "kind", kind, labels[kind], of.length))));
  }
  const { year: long } = await finder.manifest;
  const years = new Map();
  for (const one of numbers) {
    const year = Math.floor(days.get(one) / long);
    if (year) years.set(year, (years.get(year) ?? 0) + 1);
  }
  if (years.size > 1 || wanted.year) {
    const rows = [...years].sort(([a], [b]) => b - a).map(([year, count]) => optionOf(wanted, "year", `${year}`, `${year}`, count));
    made.push(facetOf(wanted, "year", rows));
  }
  const articles = kinds.get("articles") ?? [];
  if (articles.length || wanted.voice) {
    made.push(facetOf(wanted, "voice", VOICES.map((voice) => optionOf(wanted, "voice", voice, say(`voice-${voice}`), null))));
  }
  const shut = Object.keys(PLURAL).filter((name) => labels[PLURAL[name]]);
  for (const name of articles.length > 1 ? shut : shut.filter((one) => wanted[one])) {
    const one = facetOf(wanted, name, []);
    let isFilled = false;
    const fill = async () => {
      if (isFilled) return;
      const found = (await finder.facet(PLURAL[name], articles)).slice(0, OPTIONS);
      const titled = await Promise.all(found.map(async ({ key, count }) => {
        const [kind, stem] = key.split("/");
        return optionOf(wanted, name, stem, (await wordsOf({ kind, stem })).title, count);
      }));
      isFilled = true;
      filled(one, wanted, titled);
    };
    one.addEventListener("toggle", () => one.open && fill().catch(() => null)); // it is filled when it is opened again
    if (wanted[name] || facets.querySelector(`[data-facet="${name}"][open]`)) {
      one.open = true;
      await fill();
    }
    made.push(one);
  }
  if (mine !== asking) return;
  const chosen = document.activeElement.closest("[data-facets] [data-value]");
  const wasOpen = new Set([...facets.querySelectorAll("[data-facet][open]")].map((one) => one.dataset.facet));
  for (const one of made) {
    const { facet: name } = one.dataset;
    if (wanted[name] || wasOpen.has(name) || matchMedia("(min-width: 60rem)").matches) one.open = true;
  }
  facets.replaceChildren(...made);
  facets.hidden = !made.length;
  if (chosen) back(chosen);
};

// The focus goes back to what a reader chose: what stood there was made anew.
const back = (chosen) => {
  const { facet: name } = chosen.closest("[data-facet]").dataset;
  const facet = [...facets.children].find((one) => one.dataset.facet === name);
  const option = facet && [...facet.querySelectorAll("[data-value]")].find((one) => one.dataset.value === chosen.dataset.value);
  (option?.querySelector("a") ?? facet?.querySelector("summary") ?? field).focus();
};

const show = async () => {
  const mine = ++asking;
  const wanted = state();
  document.title = wanted.q ? `${wanted.q} – ${root.dataset.title}` : root.dataset.title;
  more.hidden = true;
  if (!wanted.q.trim()) {
    list.replaceChildren();
    facets.hidden = true;
    status.textContent = "";
    return;
  }
  status.textContent = say("searching");
  let begun = null;
  try {
    begun = await finder.manifest;
    await answer(wanted, mine);
  } catch {
    if (mine !== asking) return;
    if (await finder.renewed(begun)) {
      if (mine === asking) await show();
      return;
    }
    if (mine !== asking) return;
    list.replaceChildren();
    facets.hidden = true;
    status.textContent = say("failed");
  }
};

// A term that was sought in the place of another, as the hits have it.
const formOf = (term) => {
  const texts = [...list.querySelectorAll("mark")].map((one) => one.textContent);
  return texts.find((text) => folded(text) === term || stems(folded(text)).includes(term)) ?? term;
};

const answer = async (wanted, mine) => {
  const found = await finder.find(wanted.q);
  let numbers = found.numbers;
  const kinds = wanted.kind ? await finder.kinds(numbers) : null;
  if (kinds) numbers = kinds.get(wanted.kind) ?? [];
  if (wanted.year) {
    const { year } = await finder.manifest;
    numbers = numbers.filter((one) => Math.floor(found.days.get(one) / year) === Number(wanted.year));
  }
  for (const name of Object.keys(PLURAL)) if (wanted[name]) numbers = await finder.within(`${PLURAL[name]}/${wanted[name]}`, numbers);
  // fetched while the first hits are
  const naming = Promise.all(found.names.map(wordsOf));
  const narrowed = narrowing(wanted, numbers, found.days, mine);
  narrowed.catch(() => null); // it is told when its turn has come
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
      const coming = some.map(async (one) => {
        const document = await finder.document(one);
        return { document, words: await wordsOf(document) };
      });
      for (const one of coming) one.catch(() => null); // it is told when its turn has come
      const names = (await naming).flatMap((one) => [one.title, ...one.names]);
      for (const one of coming) {
        const { document, words } = await one;
        if (mine !== asking) return;
        at += 1;
        looked += 1;
        if (!WORDED.has(document.kind)) {
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
    const said = [];
    if (!hits.length) said.push(at < numbers.length ? told("none-yet", number(at)) : say("none"));
    else if (isExact && at < numbers.length) said.push(told("found-so-far", number(hits.length)));
    else said.push(told("found", number(isExact ? hits.length : numbers.length)));
    if (hits.length && !found.whole) said.push(say("partly"));
    const like = (await Promise.all(found.like.map(wordsOf))).map((one) => one.title);
    const instead = [...new Set([...like, ...found.instead.map(formOf)])].slice(0, 5);
    if (instead.length) said.push(told("instead", instead.join(", ")));
    status.textContent = said.join(" ");
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
  const goOn = () =>
    next(true)
      .then(tell)
      .catch(() => mine === asking && (status.textContent = say("failed")));
  more.onclick = goOn;
  await next(false);
  await tell();
};

// A question that was sent has an entry of its own in the browser's history (`isWhole`); while one is typed it takes the place of what was typed
// before, and what is sent takes the place of what was only typed.
const go = (wanted, isWhole) => {
  const address = addressOf(wanted);
  const isKept = isWhole ? history.state?.isWhole !== false : history.state?.isWhole;
  if (address !== location.pathname + location.search) history[isKept ? "pushState" : "replaceState"]({ isWhole }, "", address);
  else if (!isWhole) return;
  else history.replaceState({ isWhole }, "", address);
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
  go({ ...(field.value === state().q ? state() : {}), q: field.value }, true);
});
facets.addEventListener("click", (event) => {
  const link = event.target.closest("a");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  history.pushState({ isWhole: true }, "", link.href);
  show();
});
addEventListener("popstate", () => {
  field.value = state().q;
  show();
});

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
field.value = state().q;
if (!state().q) field.focus();
else if (!history.state) history.replaceState({ isWhole: true }, "");
show();
