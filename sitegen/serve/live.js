// Follows the page that it stands in: takes up its new words without a reload, shows what is wrong, says what the page is made from.
// All that comes from files is put in as text, never as markup.
(() => {
  "use strict";
  const own = document.currentScript;
  const path = own.dataset.page;
  let etag = own.dataset.etag;
  let last = null; // the newest message
  let fetching = false;
  let dismissed = ""; // the problems that somebody has put away, as text
  let stream = null;
  let focused = null;
  // beside the desk no text becomes markup (Trusted Types), but this server's own pages, which are taken up here
  const trusted = globalThis.trustedTypes ? trustedTypes.createPolicy("sitegen-live", { createHTML: (text) => text }) : { createHTML: (text) => text };

  const bare = (root) => {
    const copy = root.cloneNode(true);
    copy.querySelectorAll("script[data-etag]").forEach((one) => one.remove());
    return copy.innerHTML;
  };
  let words = bare(document.body);

  // what is added to the page lives in a shadow tree, beyond the theme's styles
  const host = document.createElement("sitegen-live");
  const shadow = host.attachShadow({ mode: "open" });
  const sheet = new CSSStyleSheet();
  fetch(new URL("live.css", own.src)).then((found) => found.text()).then((text) => sheet.replaceSync(text), () => {});
  shadow.adoptedStyleSheets = [sheet];
  const made = (tag, attributes = {}, ...children) => {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) {
      if (typeof value === "function") element.addEventListener(name, value);
      else if (value !== false) element.setAttribute(name, value);
    }
    element.append(...children.filter((one) => one !== null && one !== ""));
    return element;
  };
  const bar = made("div", { class: "bar", role: "region", "aria-label": "sitegen serve" });
  const overlay = made("div", { class: "overlay", role: "alertdialog", "aria-labelledby": "title", tabindex: "-1", hidden: "" });
  shadow.append(bar, overlay);
  document.documentElement.append(host);

  const many = (count, what) => `${count} ${what}${count === 1 ? "" : "s"}`;

  const showBar = (news) => {
    const errors = news.problems.filter((one) => one.severity === "error").length;
    const warnings = news.problems.length - errors;
    const was = shadow.querySelector("details[data-why]");
    bar.replaceChildren(
      ...[
        news.mark ? made("span", { class: "mark" }, news.mark) : null,
        news.source ? made("code", {}, news.source) : null,
        made("span", {}, news.behind ? "reading the archive …" : `read in ${news.seconds} s`),
        errors ? made("button", { class: "errors", click: open }, many(errors, "error")) : null,
        warnings
          ? made("details", {}, made("summary", {}, many(warnings, "warning")), made("ul", {}, ...news.problems.filter((one) => one.severity !== "error").map(problem)))
          : null,
        news.why.length
          ? made("details", { "data-why": "", open: was && was.open ? "" : false }, made("summary", {}, "why this was made anew"), made("ul", {}, ...news.why.map((one) => made("li", {}, one))))
          : null,
        ...news.seeds.map((one) => made("span", {}, "new: ", made("code", {}, `sitegen import ${one}`))),
        made("button", { click: () => bar.setAttribute("hidden", ""), "aria-label": "put this bar away" }, "×"),
      ].filter((one) => one !== null),
    );
  };

  const problem = (one) =>
    made(
      "li",
      {},
      made("code", {}, one.line ? `${one.path}:${one.line}` : one.path),
      ` ${one.message}. `,
      one.excerpt ? made("pre", {}, one.excerpt) : null,
      made("span", { class: "hint" }, one.hint),
    );

  const open = () => {
    dismissed = "";
    showOverlay(last, true);
  };
  const close = () => {
    dismissed = JSON.stringify(last.problems);
    overlay.setAttribute("hidden", "");
    if (focused && focused.isConnected) focused.focus();
  };
  const showOverlay = (news, byHand = false) => {
    const errors = news.problems.filter((one) => one.severity === "error");
    if (!errors.length || (dismissed && dismissed === JSON.stringify(news.problems))) {
      overlay.setAttribute("hidden", "");
      return;
    }
    const wasHidden = overlay.hasAttribute("hidden");
    overlay.replaceChildren(
      made("h2", {}, made("span", { id: "title" }, `${many(errors.length, "error")}; the last good page is shown`), made("button", { click: close }, "put away (Esc)")),
      made("ol", {}, ...errors.map(problem)),
    );
    overlay.removeAttribute("hidden");
    if (wasHidden || byHand) {
      focused = document.activeElement;
      overlay.focus({ preventScroll: true });
    }
  };
  addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !overlay.hasAttribute("hidden")) close();
  });

  // links to what readers would not see
  const markLinks = (news) => {
    const hidden = new Set(news.unpublished);
    for (const link of document.querySelectorAll("main a[href]")) {
      const isHidden = hidden.has(link.pathname);
      if (isHidden === "sitegenMark" in link.dataset) continue;
      if (isHidden) link.dataset.sitegenMark = link.title;
      link.title = isHidden ? "not published" : link.dataset.sitegenMark;
      link.style.outline = isHidden ? "2px dashed #5b2a86" : "";
      if (!isHidden) delete link.dataset.sitegenMark;
    }
  };

  // notes that were unfolded stay so: by their id, else by their place
  const unfolded = () => {
    const all = [...document.querySelectorAll("details")];
    return all.map((one, place) => ({ id: one.id, place, open: one.open }));
  };
  const unfold = (states) => {
    const all = [...document.querySelectorAll("details")];
    for (const state of states) {
      const one = state.id ? document.getElementById(state.id) : all[state.place];
      if (one && one.tagName === "DETAILS") one.open = state.open;
    }
  };

  const takeStyles = async (next) => {
    const olds = [...document.head.querySelectorAll("link[rel=stylesheet]")];
    const news = [...next.head.querySelectorAll("link[rel=stylesheet]")];
    const hrefs = (links) => links.map((one) => one.getAttribute("href")).join("\n");
    if (hrefs(olds) === hrefs(news)) return;
    // the old sheets stay until the new ones are there, so that nothing flashes
    const fresh = news.map((one) => made("link", { rel: "stylesheet", href: one.getAttribute("href") }));
    const loaded = fresh.map((one) => new Promise((done) => { one.onload = done; one.onerror = done; }));
    document.head.append(...fresh);
    await Promise.all(loaded);
    olds.forEach((one) => one.remove());
  };

  // A script of the theme would have to run anew, unless it says that it lives on (`data-live`) and it is the one that runs.
  const needsAnew = (one) =>
    one.src && !one.dataset.etag && !("live" in one.dataset && [...document.scripts].some((running) => running.src === one.src));

  const take = async () => {
    if (fetching) return;
    fetching = true;
    try {
      while (last.etag && last.etag !== etag) {
        const wanted = last.etag;
        const found = await fetch(location.href.split("#")[0], { headers: { Accept: "text/html" }, cache: "no-store" });
        const next = new DOMParser().parseFromString(trusted.createHTML(await found.text()), "text/html");
        const script = next.querySelector("script[data-etag]");
        if (!script || [...next.scripts].some(needsAnew)) {
          remember();
          location.reload(); // a theme with scripts of its own begins anew
          return;
        }
        await takeStyles(next);
        const text = bare(next.body);
        if (text !== words) {
          const [x, y, states] = [scrollX, scrollY, unfolded()];
          words = text;
          document.title = next.title;
          document.body.replaceChildren(...[...next.body.childNodes].map((one) => document.adoptNode(one)));
          unfold(states);
          scrollTo(x, y);
          document.dispatchEvent(new Event("sitegen:live"));
        }
        etag = script.dataset.etag;
        if (etag !== wanted && last.etag === wanted) break; // it has changed again meanwhile; a message is under way
      }
    } catch (error) {
      if (!(error instanceof TypeError)) throw error; // the server is away; its stream will tell when it is back
    } finally {
      fetching = false;
    }
    markLinks(last);
  };

  const KEEP = "sitegen-live";
  const remember = () => sessionStorage.setItem(KEEP, JSON.stringify({ path, x: scrollX, y: scrollY, states: unfolded() }));
  const kept = JSON.parse(sessionStorage.getItem(KEEP) || "null");
  if (kept && kept.path === path) {
    unfold(kept.states);
    scrollTo(kept.x, kept.y);
  }
  sessionStorage.removeItem(KEEP);

  const hear = (event) => {
    last = JSON.parse(event.data);
    if (last.gone) {
      last.problems.unshift({ severity: "error", path: "", line: 0, message: "this page is no longer there", hint: "it was removed or renamed", excerpt: "" });
    }
    showBar(last);
    showOverlay(last);
    markLinks(last);
    take();
  };
  const listen = () => {
    if (stream) return;
    const address = new URL("events", own.src);
    address.search = new URLSearchParams({ page: path }).toString();
    stream = new EventSource(address);
    stream.onmessage = hear;
    stream.onerror = () => {
      if (stream && stream.readyState === EventSource.CLOSED) {
        stream = null; // refused, or ended by the server: try again soon
        setTimeout(() => document.hidden || listen(), 1000);
      }
    };
  };
  const unlisten = () => {
    if (stream) stream.close();
    stream = null;
  };
  // a tab that nobody sees holds no stream: browsers allow six a host
  document.addEventListener("visibilitychange", () => (document.hidden ? unlisten() : listen()));
  addEventListener("pagehide", unlisten);
  addEventListener("pageshow", () => document.hidden || listen());
  if (!document.hidden) listen();
})();
