// A map on which a point is set: the base map of the program as the server draws it, moved and enlarged by keys, buttons, finger or mouse.
import { ask, made } from "./api.js";

const svg = (tag, attributes, ...children) => {
  const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
};

export class PointMap {
  // `location`: {lat, lon} as text, or nothing; `set` is told of the point that was chosen
  // `home`: where the map begins without a point; `name`: what the gazetteer is asked for
  constructor(location, set, { home = [48, 15], name = "" } = {}) {
    this.set = set;
    this.point = location ? { lat: Number(location.lat), lon: Number(location.lon) } : null;
    this.centre = this.point || { lat: home[0], lon: home[1] };
    this.level = this.point ? 3 : 7;
    this.known = made("ul", { class: "known" });
    const label = "A map: arrows move, plus and minus enlarge and reduce, Enter sets the point in the middle";
    this.picture = made("div", { class: "sheet", tabindex: "0", role: "application", "aria-label": label, onkeydown: (event) => this.pressed(event), onclick: (event) => this.clicked(event) });
    this.said = made("output", {});
    const button = (words, name, work) => made("button", { type: "button", "aria-label": name, onclick: work }, words);
    this.element = made("fieldset", { class: "field map" }, made("legend", {}, "On the map"), this.picture,
      made("div", { class: "buttons" }, button("+", "Enlarge", () => this.zoom(-1)), button("−", "Reduce", () => this.zoom(1)), button("Set the point here", null, () => this.choose(this.centre)), this.said), this.known);
    this.draw();
    if (name) this.look(name);
  }

  // What the gazetteer knows under this name: each can be taken over.
  async look(name) {
    const found = await ask("gazetteer", { name });
    this.known.replaceChildren(...found.map((one) => made("li", {}, made("button", { type: "button", onclick: () => {
      this.level = 3;
      this.point = this.centre = { lat: Number(one.lat), lon: Number(one.lon) };
      this.set(one);
      this.draw();
    } }, `${one.name}, ${one.kind}, ${one.country}`), made("small", {}, ` ${[one.people && `${one.people} people`, one.away && `${one.away} from the middle of the archive`].filter(Boolean).join(", ")} (GeoNames)`))));
  }

  async draw() {
    const turn = (this.turn = (this.turn || 0) + 1);
    const shown = await ask("map", { ...this.centre, level: this.level });
    if (turn !== this.turn) return; // it has been moved on
    this.shown = shown;
    const [x, y] = [shown.wide / 2, shown.high / 2];
    const picture = svg("svg", { viewBox: `0 0 ${shown.wide} ${shown.high}`, "aria-hidden": "true" });
    for (const { kind, path } of shown.paths) picture.append(svg("path", { class: kind, d: path }));
    for (const one of shown.places) {
      picture.append(svg("circle", { class: "place", cx: one.x, cy: one.y, r: 6 }));
      if (one.label) picture.append(svg("text", { x: one.label[0], y: one.label[1], "text-anchor": one.label[2] }, one.name));
    }
    const isMiddle = this.point && Math.abs(this.point.lat - this.centre.lat) < 1e-9 && Math.abs(this.point.lon - this.centre.lon) < 1e-9;
    if (isMiddle) picture.append(svg("circle", { class: "point", cx: x, cy: y, r: 14 }));
    picture.append(svg("path", { class: "cross", d: `M${x - 24} ${y}h48M${x} ${y - 24}v48` }));
    this.picture.replaceChildren(picture);
    this.said.textContent = this.point ? `${this.point.lat}, ${this.point.lon} · ${shown.across} km across` : `no point yet · ${shown.across} km across`;
  }

  // The point that is set lies in the middle from then on, where it can be seen and moved further.
  choose({ lat, lon }) {
    const digits = [4, 4, 4, 3, 3, 2, 2, 1, 1, 1][this.level] ?? 2;
    this.point = this.centre = { lat: Number(lat.toFixed(digits)), lon: Number(lon.toFixed(digits)) };
    this.set({ lat: String(this.point.lat), lon: String(this.point.lon) });
    this.draw();
  }

  async clicked(event) {
    const box = this.picture.getBoundingClientRect();
    const x = ((event.clientX - box.left) / box.width) * this.shown.wide;
    const y = ((event.clientY - box.top) / box.height) * this.shown.high;
    this.choose(await this.at(x, y));
  }

  at(x, y) {
    return ask("map", { ...this.centre, level: this.level, x, y });
  }

  zoom(by) {
    this.level = Math.max(0, Math.min((this.shown?.levels ?? 9) - 1, this.level + by));
    this.draw();
  }

  async pressed(event) {
    const moves = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
    const move = moves[event.key];
    const take = ["+", "=", "-", "Enter"].includes(event.key) || move;
    if (!take || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    event.stopPropagation();
    if (move) {
      const { wide, high } = this.shown;
      const step = event.shiftKey ? 32 : 6; // a part of the sheet's breadth; with Shift a little
      this.centre = await this.at(wide / 2 + (move[0] * wide) / step, high / 2 + (move[1] * wide) / step);
      this.draw();
    } else if (event.key === "Enter") this.choose(this.centre);
    else this.zoom(event.key === "-" ? 1 : -1);
  }
}
