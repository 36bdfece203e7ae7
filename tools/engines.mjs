// Firefox and WebKit on the pages of a site that runs: node tools/engines.mjs PUPPETEER URL PICTURES. `make engines` calls it.
// Firefox is driven by WebDriver BiDi (puppeteer-core), WebKit by plain WebDriver, which needs no library.
import { spawn, execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const [puppeteer, url, pictures] = process.argv.slice(2);
const ARTICLE = "articles/2022-05-15-russia-loses-second-huge-battle/";
const PAGES = { home: "", article: ARTICLE, claim: "claims/russian-troops-killed/" };
const CLAIM = "c-27400";
const WIDTHS = [360, 1440];
const SLACK = 100; // a window of WebKit's is no narrower than its tool bar
const ELEMENT = "element-6066-11e4-a52e-4f735466cecf"; // the key of an element, by the WebDriver standard
const present = (program) => { try { return execFileSync("which", [program]).toString().trim(); } catch { return ""; } };

async function firefox(program) {
  const { launch } = await import(pathToFileURL(puppeteer));
  const browser = await launch({ browser: "firefox", executablePath: program, headless: true });
  const page = await browser.newPage();
  const complaints = [];
  page.on("console", (one) => ["error", "warn"].includes(one.type()) && complaints.push(one.text()));
  page.on("pageerror", (one) => complaints.push(String(one)));
  return {
    complaints: () => [...complaints],
    size: (width) => page.setViewport({ width, height: 900 }),
    // fonts that a next page would cut short are errors to it
    open: (address) => page.goto(address, { waitUntil: "networkidle0" }),
    ask: (expression) => page.evaluate(expression),
    click: (selector) => page.click(selector),
    picture: async (path) => writeFileSync(path, await page.screenshot()),
    close: () => browser.close(),
  };
}

async function webkit(program) {
  const port = 4700 + (process.pid % 1000);
  const driver = spawn(program, [`--port=${port}`], { stdio: "ignore" });
  const call = async (method, path, body) => {
    const answer = await fetch(`http://127.0.0.1:${port}${path}`, { method, body: body && JSON.stringify(body) });
    const { value } = await answer.json();
    if (!answer.ok) throw new Error(`${path}: ${value.message || value.error}`);
    return value;
  };
  for (let tries = 0; ; tries++) {
    try { await call("GET", "/status"); break; } catch (error) { if (tries > 50) throw error; await new Promise((done) => setTimeout(done, 100)); }
  }
  const args = ["--automation"];
  const { sessionId } = await call("POST", "/session", { capabilities: { alwaysMatch: { "webkitgtk:browserOptions": { args, binary: MINIBROWSER } } } });
  const at = `/session/${sessionId}`;
  const ask = (expression) => call("POST", `${at}/execute/sync`, { script: `return (${expression})`, args: [] });
  return {
    complaints: null, // plain WebDriver has no command that tells the console
    async size(width) { // a window has a frame: what is asked for is the width of the page
      await call("POST", `${at}/window/rect`, { width, height: 1000 });
      const frame = (await ask("outerWidth - innerWidth"));
      if (frame) await call("POST", `${at}/window/rect`, { width: width + frame, height: 1000 });
    },
    open: (address) => call("POST", `${at}/url`, { url: address }),
    ask,
    async click(selector) {
      const found = await call("POST", `${at}/element`, { using: "css selector", value: selector });
      await call("POST", `${at}/element/${found[ELEMENT]}/click`, {});
    },
    picture: async (path) => writeFileSync(path, Buffer.from(await call("GET", `${at}/screenshot`), "base64")),
    async close() { await call("DELETE", at); driver.kill(); },
  };
}

const MINIBROWSER = "/usr/lib/x86_64-linux-gnu/webkit2gtk-4.1/MiniBrowser";
const ENGINES = { firefox: [firefox, present("firefox-esr") || present("firefox")], webkit: [webkit, present("WebKitWebDriver")] };
const ground = (id) => `getComputedStyle(document.getElementById(${JSON.stringify(id)})).backgroundColor`;

let failed = 0;
const expect = (engine, what, holds) => { if (!holds) failed++; console.log(`${holds ? "ok  " : "FAIL"} ${engine}: ${what}`); };

mkdirSync(pictures, { recursive: true });
for (const [name, [start, program]] of Object.entries(ENGINES)) {
  if (!program) { console.log(`${name} is not installed: left out`); continue; }
  const browser = await start(program);
  console.log(`${name}: ${await browser.ask("navigator.userAgent")}`);
  for (const width of WIDTHS) {
    await browser.size(width);
    for (const [page, address] of Object.entries(PAGES)) {
      await browser.open(url + address);
      const [inner, over] = await browser.ask("[innerWidth, document.documentElement.scrollWidth - document.documentElement.clientWidth]");
      expect(name, `${page} at ${inner} px is ${over} px too wide`, over <= 0 && Math.abs(inner - width) <= SLACK);
      await new Promise((done) => setTimeout(done, 300)); // until it is painted
      await browser.picture(`${pictures}/${name}-${page}-${width}.png`);
    }
    await browser.open(url + ARTICLE);
    const at = `at ${await browser.ask("innerWidth")} px`;
    const line = await browser.ask(`getComputedStyle(document.getElementById("${CLAIM}")).textDecorationLine`);
    expect(name, `what is credited ${at} is marked: ${line}`, line === "underline");
    const dark = await browser.ask(ground(CLAIM));
    await browser.open(`${url}${ARTICLE}#${CLAIM}`);
    const lit = await browser.ask(ground(CLAIM));
    expect(name, `#${CLAIM} ${at} is lit: ${dark} -> ${lit}`, dark !== lit);
    await browser.picture(`${pictures}/${name}-lit-${width}.png`);
    await browser.open(url + ARTICLE);
    const wide = width > 1000; // a note stands in the margin there, and its numeral leads to it
    await browser.click(wide ? "a.k[href='#note_4']" : "button.k[popovertarget=note_4]");
    const open = await browser.ask(`document.querySelector("#note_4").matches("${wide ? ":target" : ":popover-open"}")`);
    expect(name, `a note ${at} ${wide ? "is led to" : "opens"} by click`, open);
    await browser.picture(`${pictures}/${name}-note-${width}.png`);
  }
  if (browser.complaints) {
    const heard = browser.complaints();
    expect(name, `complains of nothing: ${JSON.stringify(heard)}`, heard.length === 0);
    await browser.ask("console.error('a complaint')");
    await new Promise((done) => setTimeout(done, 500));
    expect(name, "a complaint would have been heard", browser.complaints().some((one) => one.includes("a complaint")));
  } else {
    console.log(`     ${name}: its console cannot be heard`);
  }
  const styled = await browser.ask("document.styleSheets.length > 1 && [...document.fonts].some((one) => one.status === 'loaded')");
  expect(name, "stylesheets and fonts are let in by the policy", styled);
  await browser.close();
}
process.exit(failed ? 1 : 0);
