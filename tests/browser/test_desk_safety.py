"""What no page, no text of an archive and no other server of this machine can do at the desk, in Chromium."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from playwright.sync_api import Browser, BrowserContext, expect

from tests.conftest import Archive, files_of
from tests.serving import Server, serving
from tests.test_desk import ARTICLE, FILES, NOTES, NOTES_PATH

HOSTILE = """claims:
  - id: c-fell
    quote: "A bridge fell on Saturday"
    source: board
    todo: "sure: <img src=x onerror=\\"document.title='run'\\"><script>document.title='run'</script>"
    gloss: "javascript:document.title='run'"
    __proto__: {polluted: "yes", undecided: "yes"}
    constructor: {prototype: {polluted: "yes"}}
    toString: "no function"
places:
  as: {__proto__: "hallen", "<b>constructor</b>": "javascript:document.title='run'"}
annotations:
  - {quote: {a: b}, note: ["<svg onload=document.title='run'>"], evidence: [{title: "<i>a</i>", url: "javascript:document.title='run'"}]}
  - "not even an entry"
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    out = Archive(tmp_path_factory.mktemp("desk") / "archive")
    config = "-- sitegen.yaml --\ntitle: T\nbase_url: https://x.org/\ntheme: default\n"
    long = "-- content/articles/long.md --\n---\ntitle: Long\ndate: 2022-05-15\n---\n" + "A word \U0001f980 of it. " * 7_000 + "\n"
    for path, text in files_of(config + FILES.lstrip("\n") + long).items():
        out.write(path, text)
    return out


@pytest.fixture(scope="module")
def server(site: Archive) -> Iterator[Server]:
    with serving(site.root, "--desk") as running:
        yield running


def entrance(server: Server) -> str:
    return next(found[1] for line in server.said if (found := re.match(r"The desk: (\S+)", line)))


@pytest.fixture
def context(server: Server, chromium: Browser) -> Iterator[BrowserContext]:
    """A browser that was let in."""
    out = chromium.new_context()
    page = out.new_page()
    page.goto(entrance(server))
    expect(page.get_by_role("heading", name="The desk")).to_be_visible()
    page.close()
    yield out
    out.close()


SINKS = {
    "innerHTML": "document.body.innerHTML = '<img src=x onerror=1>'",
    "outerHTML": "document.querySelector('main').outerHTML = '<p>'",
    "insertAdjacentHTML": "document.body.insertAdjacentHTML('beforeend', '<p>')",
    "write": "document.write('<p>')",
    "parseFromString": "new DOMParser().parseFromString('<p>', 'text/html')",
    "fragment": "document.createRange().createContextualFragment('<p>')",
    "srcdoc": "document.createElement('iframe').srcdoc = '<p>'",
    "script": "document.createElement('script').src = 'x.js'",
    "script text": "document.createElement('script').text = '1'",
    "shadow": "document.createElement('p').attachShadow({ mode: 'open' }).innerHTML = '<p>'",
    "a policy of its own": "trustedTypes.createPolicy('mine', { createHTML: (text) => text })",
    "a policy that is there": "trustedTypes.createPolicy('sitegen-live', { createHTML: (text) => text }); trustedTypes.createPolicy('sitegen-live', {})",
}


@pytest.mark.parametrize(
    "address", ["_desk/", f"{ARTICLE}/", *(pytest.param(one, marks=pytest.mark.soak) for one in ("places/hallen/", "search/"))]
)
def test_no_text_becomes_markup_beside_the_desk_material_cve_2026_73295(address: str, server: Server, context: BrowserContext) -> None:
    page = context.new_page()
    page.goto(server.url + address)
    for name, code in SINKS.items():
        told = page.evaluate(f"() => {{ try {{ {code}; return 'done'; }} catch (error) {{ return error.name; }} }}")
        assert told == "TypeError", name
    assert page.evaluate(
        "(() => { const link = document.createElement('a'); link.href = 'javascript:document.title=1'; document.body.append(link); link.click(); return true; })()"
    )
    page.wait_for_timeout(100)
    assert page.title() != "1"
    page.evaluate("document.body.setAttribute('data-x', '<img>'); document.body.append(document.createTextNode('<img>'))")  # text is text


def test_texts_of_an_archive_are_shown_as_texts_hugo_ghsa_ppf8(server: Server, site: Archive, context: BrowserContext) -> None:
    """Also of one that was written by somebody who knows the desk, and that has errors."""
    page = context.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.goto(server.url + f"{ARTICLE}/")
    desk = page.locator("sitegen-desk")
    expect(desk.locator(".card")).to_be_visible()
    title = page.title()
    try:
        site.write(NOTES_PATH, HOSTILE)
        page.reload()
        expect(desk.locator(".card .why")).to_contain_text("<img src=x onerror=")
        desk.locator(".all summary").click()
        for _ in range(4):
            page.keyboard.press("j")
        for row in desk.locator(".all li button").all():
            row.click()
            page.keyboard.press("e")
            page.keyboard.press("Escape")
        assert desk.locator(".panel").evaluate(
            "(one) => [...one.querySelectorAll('img, script, svg, iframe, a')].map((found) => found.getAttribute('href'))"
        ) == ["/_desk/"]
        assert page.evaluate("[({}).polluted, ({}).undecided, typeof ({}).toString, Object.keys(Object.prototype).length]") == [
            None,
            None,
            "function",
            0,
        ]
        assert page.title() == title
        page.goto(server.url + "_desk/")
        expect(page.locator("table.queue")).to_be_visible()
        assert page.locator("a[href^='javascript:'], main img, main script").count() == 0
    finally:
        site.write(NOTES_PATH, NOTES)
    assert faults == []


@contextmanager
def another_server(page: str) -> Iterator[tuple[str, list[str]]]:
    """What listens on another port of this machine, and what cookies it is sent."""
    cookies: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            cookies.append(self.headers.get("Cookie") or "")
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(page.encode())

        def log_message(self, format: str, *args: object) -> None:
            pass

    other = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=other.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{other.server_port}/", cookies
    finally:
        other.shutdown()
        other.server_close()


ATTACKS = """async (base) => {
  const body = JSON.stringify({ steps: [{ type: 'enter', page: 'ARTICLE', list: 'corrections', value: { date: '2024-01-01', reason: 'forged' } }] });
  const out = {};
  const attempt = async (name, work) => { try { out[name] = await work(); } catch (error) { out[name] = error.name; } };
  const loaded = (tag, attributes) => new Promise((done) => {
    const element = Object.assign(document.createElement(tag), attributes);
    element.onload = () => done(tag === 'iframe' ? String(element.contentDocument && element.contentDocument.body.textContent.length) : 'loaded');
    element.onerror = () => done('refused');
    document.body.append(element);
    setTimeout(() => done('refused'), 1500);
  });
  for (const type of ['application/json', 'text/plain', 'application/x-www-form-urlencoded'])
    for (const mode of ['cors', 'no-cors', 'same-origin'])
      await attempt(`${type} ${mode}`, async () => (await fetch(base + '_sitegen/desk/act', { method: 'POST', mode, credentials: 'include', headers: { 'Content-Type': type }, body })).type);
  await attempt('beacon', async () => navigator.sendBeacon(base + '_sitegen/desk/act', new Blob([body], { type: 'text/plain' })) && 'sent');
  for (const name of ['_sitegen/desk/queue', '_sitegen/desk/page?key=ARTICLE', '_desk/', 'ARTICLE/'])
    await attempt(`read ${name}`, async () => (await (await fetch(base + name, { credentials: 'include' })).text()).length);
  out.script = await loaded('script', { src: base + '_sitegen/desk/api.js' });
  out.json = await loaded('script', { src: base + '_sitegen/desk/queue' });
  out.module = await loaded('script', { type: 'module', src: base + '_sitegen/desk/queue.js' });
  out.frame = await loaded('iframe', { src: base + '_desk/' });
  out.events = await new Promise((done) => { const stream = new EventSource(base + '_sitegen/events?page=index.html', { withCredentials: true }); stream.onmessage = () => done('read'); stream.onerror = () => done('refused'); });
  out.socket = await new Promise((done) => { const socket = new WebSocket(base.replace('http', 'ws') + '_sitegen/desk/queue'); socket.onopen = () => done('open'); socket.onerror = () => done('refused'); });
  const target = open(base + 'ARTICLE/', 'victim');
  await new Promise((done) => setTimeout(done, 800));
  try { out.window = target.document.title; } catch (error) { out.window = error.name; }
  if (target && target.closed) out.window = 'severed';
  const form = Object.assign(document.createElement('form'), { method: 'post', action: base + '_sitegen/desk/act', enctype: 'text/plain', target: 'elsewhere' });
  form.append(Object.assign(document.createElement('input'), { name: body.slice(0, -1) + ', "x": "', value: '"}' }));
  document.body.append(form);
  form.submit();
  await new Promise((done) => setTimeout(done, 500));
  return out;
}""".replace("ARTICLE", ARTICLE)


@pytest.mark.soak
def test_another_port_of_this_machine_can_do_nothing_webpack_cve_2025_30359(server: Server, site: Archive, context: BrowserContext) -> None:
    """Browsers send it the very cookie of the desk, for cookies know no ports: by that alone it gets nothing."""
    before = {path: path.read_bytes() for path in site.root.rglob("content/*/*")}
    with another_server("<!doctype html><title>Another</title><body>") as (url, cookies):
        page = context.new_page()
        page.goto(url)
        out = page.evaluate(ATTACKS, server.url)
        cookie = cookies[0]
    assert cookie.startswith("sitegen-desk-")
    for name in ("page?key=" + ARTICLE, "queue", "tables"):
        assert server.get(f"/_sitegen/desk/{name}", {"Cookie": cookie}).status == 403
    for name, found in out.items():
        assert found in ("TypeError", "SecurityError", "refused", "opaque", "severed", "sent", "null", "0"), (name, found)
    assert {path: path.read_bytes() for path in site.root.rglob("content/*/*")} == before


def test_the_token_and_the_key_stay_where_they_are(server: Server, chromium: Browser) -> None:
    context = chromium.new_context()
    page = context.new_page()
    sent: list[str] = []
    page.on("request", lambda request: sent.append(f"{request.url} {request.headers.get('referer', '')}"))
    page.goto(entrance(server))
    expect(page.get_by_role("heading", name="The desk")).to_be_visible()
    key = page.evaluate("localStorage.getItem('sitegen-desk-key')")
    token = entrance(server).partition("=")[2]
    assert page.url == server.url + "_desk/"
    assert page.evaluate("performance.getEntriesByType('navigation')[0].name + document.referrer").count(token) == 0
    assert [one for one in sent if token in one] == [f"{entrance(server)} "]  # the address itself; no page was told of it
    assert not [one for one in sent if key in one and "#" not in one]
    page.get_by_role("link", name="The site").click()
    page.wait_for_url(server.url)
    page.go_back()
    assert key not in page.url
    assert token not in page.url
    assert page.evaluate("document.cookie") == ""
    other = chromium.new_context().new_page()  # a browser that was not let in, with the key alone
    other.goto(server.url)
    other.evaluate("(key) => localStorage.setItem('sitegen-desk-key', key)", key)
    assert other.evaluate("async (key) => (await fetch('/_sitegen/desk/queue', { headers: { 'Sitegen-Desk': key } })).status", key) == 403
    other.context.close()
    context.close()


def test_words_above_a_title_are_found_above_it(server: Server, context: BrowserContext) -> None:
    """Also where the theme prints the same words before them, as a date, and below."""
    page = context.new_page()
    page.goto(server.url + "articles/long/")
    expect(page.locator("sitegen-desk .panel")).to_be_visible()
    found = page.evaluate(
        """async () => {
          const { Words } = await import('/_sitegen/desk/words.js');
          const main = document.querySelector('main');
          const line = (text) => Object.assign(document.createElement('p'), { textContent: text });
          main.replaceChildren(...['Tuesday, 2 May', 'RELEASE', '2 May', 'The mill', 'It turned.', 'Dated by 2 May'].map(line));
          const block = (text) => ({ kind: 'paragraph', text });
          const words = new Words(['The mill', 'RELEASE', '2 May', 'It turned.'].map(block), 2);
          return [0, 1, 2, 3].map((number) => [...main.children].indexOf(words.range(number, 0, 3).startContainer.parentElement));
        }"""
    )
    assert found == [3, 1, 2, 4]


@pytest.mark.soak
def test_the_words_of_a_long_text_are_found_at_once(server: Server, context: BrowserContext) -> None:
    """A paragraph of 100,000 signs: borders of words and places of entries take time as its length, not as its square."""
    page = context.new_page()
    page.goto(server.url + "articles/long/")
    expect(page.locator("sitegen-desk .panel")).to_be_visible()
    took = page.evaluate(
        """async () => {
          const { Words } = await import('/_sitegen/desk/words.js');
          const text = document.querySelector('main').textContent.match(/A word[^]*of it\\./)[0].replace(/\\s+/g, ' ');
          const begun = performance.now();
          const words = new Words([{ kind: 'title', text: 'Long' }, { kind: 'paragraph', text }]);
          const borders = words.borders(1);
          words.sentences(1);
          for (const [start, end] of borders.slice(0, 2000)) words.range(1, start, end);
          const last = borders.at(-2);
          if ([...text].slice(...last).join('') !== 'of' || words.range(1, ...last).toString() !== 'of') throw new Error('others');
          return [performance.now() - begun, borders.length, text.length];
        }"""
    )
    assert took[1] > 30_000
    assert took[2] > 100_000
    assert took[0] < 3_000, took
