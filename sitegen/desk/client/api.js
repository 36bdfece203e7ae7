// Asks the desk's server, and tells it what to do. What goes wrong is an error with what the server said of it.
const BASE = "/_sitegen/desk/";
// What proves that it is the desk that asks: cookies are sent to every port of a machine, this is kept where this one alone reads it.
const KEY = "sitegen-desk-key";
export const keep = (key) => localStorage.setItem(KEY, key);
const proof = () => ({ "Sitegen-Desk": localStorage.getItem(KEY) || "" });

export class Failed extends Error {
  // `told`: {fault} | {problems} | {conflict}
  constructor(told, status) {
    super(told.fault || (told.problems || []).map((one) => one.message).join("; ") || "changed meanwhile");
    this.told = told;
    this.status = status;
  }
}

const answered = async (found) => {
  const told = await found.json().catch(() => ({ fault: `the server answered ${found.status}` }));
  if (!found.ok) throw new Failed(told, found.status);
  return told;
};

export const ask = async (name, given = {}) => answered(await fetch(`${BASE}${name}?${new URLSearchParams(given)}`, { cache: "no-store", headers: proof() }));

export const tell = async (name, given, asked = {}) =>
  answered(
    await fetch(`${BASE}${name}?${new URLSearchParams(asked)}`, { method: "POST", headers: { "Content-Type": "application/json", ...proof() }, body: JSON.stringify(given) }),
  );

// An element; what begins with "on" is listened to, `class` and the like are attributes. All text is put in as text.
export const made = (tag, attributes = {}, ...children) => {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") element.addEventListener(name.slice(2), value);
    else if (name === "value") element.value = value;
    else if (value === true) element.setAttribute(name, "");
    else if (value !== false && value !== null && value !== undefined) element.setAttribute(name, value);
  }
  element.append(...children.flat().filter((one) => one !== null && one !== undefined && one !== false));
  return element;
};

// The bytes of a file, as JSON can carry them.
export const encoded = async (file) => {
  const bytes = new Uint8Array(await file.arrayBuffer());
  let out = "";
  for (let at = 0; at < bytes.length; at += 0x8000) out += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
  return btoa(out);
};

// Who is at the desk: signs what is checked, and may take back what was done.
const NAME = "sitegen-desk-name";
export const editor = {
  get name() {
    return localStorage.getItem(NAME) || "";
  },
  set name(value) {
    localStorage.setItem(NAME, value.trim());
  },
};
