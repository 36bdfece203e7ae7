// The map of all places: Leaflet over the archive's own base map. What it shows is told by the list beside it, which follows it, so that keys
// and screen readers have all that the drawing has. Without this script the page is a drawing with links, and the same list.
(() => {
  const atlas = document.getElementById("_map");
  const twin = document.getElementById("_twin");
  if (!atlas || !twin || !window.L) return;
  const told = atlas.dataset;
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const CELL = 52; // pixels: places nearer to one another are one circle
  const LISTED = 100; // at first, and with each further press
  const SHOWN = 12; // in a popup
  const NAMED = 80; // circles: where there are more, single places have no names
  const deepest = told.tiles ? 17 : 14; // a street apart; the base map is coarser, and what lies on it is not

  const plane = document.createElement("div");
  plane.className = "plane";
  plane.setAttribute("role", "application");
  plane.setAttribute("aria-label", told.wMap);
  plane.tabIndex = 0;
  plane.hidden = true; // the drawing stays until there is something to show
  const drawing = atlas.querySelector("figure");
  drawing.before(plane);
  const map = L.map(plane, {
    attributionControl: false,
    zoomControl: false,
    minZoom: 1,
    maxZoom: deepest,
    worldCopyJump: true,
    zoomAnimation: !still,
    fadeAnimation: !still,
    inertia: !still,
    preferCanvas: true,
  });
  L.control.zoom({ zoomInTitle: told.wIn, zoomOutTitle: told.wOut }).addTo(map);
  const ground = L.canvas({ padding: 0.3, pane: map.createPane("ground") && "ground" });
  map.getPane("ground").style.zIndex = 250;
  const above = L.canvas({ padding: 0.1 });

  // colours are those of the page, whatever its scheme
  const probe = document.createElement("span");
  probe.style.forcedColorAdjust = "none";
  probe.hidden = true;
  atlas.append(probe);
  const colour = (name) => {
    probe.style.color = `var(--${name})`;
    return getComputedStyle(probe).color;
  };

  const family = getComputedStyle(document.body).fontFamily; // names are in the archive's type, as on every page

  const Spot = L.CircleMarker.extend({
    // Leaflet draws nothing beyond these: the name is part of the spot
    _updateBounds() {
      L.CircleMarker.prototype._updateBounds.call(this);
      const { name, radius } = this.options;
      if (name) this._pxBounds.extend(this._point.add([radius + 8 + 10 * name.length, 0]));
    },
    _updatePath() {
      L.CircleMarker.prototype._updatePath.call(this);
      const context = this._renderer._ctx;
      const { count, name, ink, halo, radius } = this.options;
      if (!(count || name) || !this._renderer._drawing || this._empty()) return;
      const [x, y] = [this._point.x + (name ? radius + 5 : 0), this._point.y];
      context.globalAlpha = 1;
      context.fillStyle = ink;
      context.font = `${name ? 500 : 600} 13px ${family}`;
      context.textAlign = name ? "left" : "center";
      context.textBaseline = "middle";
      if (name) {
        context.lineWidth = 3;
        context.lineJoin = "round";
        context.strokeStyle = halo;
        context.strokeText(name, x, y);
      }
      context.fillText(name || String(count), x, y);
    },
  });

  let places = [];
  let data = null;
  let chosen = { from: 0, until: Infinity, source: "", topic: "", kind: "" };
  let base = []; // what is laid, each with the name of its colour, and of lines the weight
  const laid = new Map(); // the base map by how often it is turned around the globe
  let world = null;
  const spots = L.featureGroup().addTo(map);
  const status = document.createElement("p");
  status.setAttribute("role", "status");
  status.className = "quiet";
  const further = document.createElement("button");
  further.type = "button";
  further.className = "more";
  further.textContent = told.wFurther;

  const read = (flat, turn) => {
    let [x, y] = [36000 * turn, 0];
    const out = [];
    for (let n = 0; n < flat.length; n += 2) {
      x += flat[n];
      y += flat[n + 1];
      out.push([y / 100, x / 100]);
    }
    return out;
  };

  const dye = ([layer, name, weight]) => layer.setStyle(weight ? { color: colour(name), weight } : { fillColor: colour(name), color: colour(name) });

  const paint = () => {
    base.forEach(dye);
    draw();
  };

  const layersOf = (turn) => {
    const drawn = { renderer: ground, interactive: false };
    const line = (flat) => read(flat, turn);
    const area = (rings) => L.polygon(rings.map((one) => one.map(line)), { ...drawn, stroke: false, fillOpacity: 1, smoothFactor: 1.2 });
    const of = (kind) => world.borders.filter(([kinds]) => kinds[Number(told.view)] === kind).flatMap(([, ...lines]) => lines.map(line));
    const borders = L.polyline(of(0), { ...drawn, smoothFactor: 1.5 });
    const disputed = L.polyline(of(1), { ...drawn, dashArray: "5 4", smoothFactor: 1.5 });
    return [[area(world.land), "land"], [area(world.lakes), "sea"], [borders, "edge", 1], [disputed, "edge", 1]];
  };

  // the base map, once more where the map goes on beyond 180 degrees
  const lay = () => {
    if (!world) return;
    const view = map.getBounds();
    const turnOf = (lng) => Math.floor((lng + 180) / 360);
    for (let turn = turnOf(view.getWest()); turn <= turnOf(view.getEast()); turn += 1) {
      if (laid.has(turn)) continue;
      const layers = layersOf(turn);
      laid.set(turn, layers);
      base.push(...layers);
      for (const one of layers) dye(one).addTo(map);
    }
  };

  // which articles count for a place, by what is chosen
  const counted = (place) => {
    const found = data?.places[place.id];
    const whole = !data || (chosen.from === 0 && chosen.until >= data.months.length - 1);
    if (!found || (whole && !chosen.source && !chosen.topic && !chosen.kind)) return place.articles;
    const about = chosen.topic === "" ? null : data.about[Number(chosen.topic)];
    const articles = new Set();
    for (const [article, month, sources, kinds] of found) {
      if (!whole && (month < chosen.from || month > chosen.until)) continue;
      if (about && !about.has(article)) continue;
      if (chosen.source !== "" && !sources.includes(Number(chosen.source))) continue;
      if (chosen.kind !== "" && !kinds.includes(Number(chosen.kind))) continue;
      articles.add(article);
    }
    return articles.size;
  };

  const count = () => {
    for (const place of places) place.count = counted(place);
    places.sort((a, b) => b.count - a.count || (a.name < b.name ? -1 : 1));
    const isFiltered = chosen.source !== "" || chosen.topic !== "" || chosen.kind !== "" || (data && (chosen.from > 0 || chosen.until < data.months.length - 1));
    for (const place of places) place.isShown = place.count > 0 || !isFiltered;
  };

  const linkTo = (place) => {
    const link = document.createElement("a");
    link.href = `${told.list}${place.id}/`; // on the site that is read, wherever it is published
    link.textContent = place.name;
    return link;
  };

  const itemOf = (place) => {
    const item = document.createElement("li");
    const about = document.createElement("span");
    about.className = "about";
    about.textContent = `${place.label} · ${told.wArticles}: ${place.count}`;
    item.append(linkTo(place), " ", about);
    return item;
  };

  const popup = (some, where) => {
    const list = document.createElement("ul");
    list.className = "cards";
    list.append(...some.slice(0, SHOWN).map(itemOf));
    if (some.length > SHOWN) {
      const others = document.createElement("li");
      others.className = "quiet";
      others.textContent = `${told.wOthers}: ${some.length - SHOWN}`;
      list.append(others);
    }
    L.popup({ autoPan: !still, maxHeight: 240, closeButton: false }).setLatLng(where).setContent(list).openOn(map);
  };

  // what has been drawn holds as long as the map is moved within it
  let held = null;

  const moved = () => {
    const view = map.getBounds();
    lay();
    if (held && held.zoom === map.getZoom() && held.bounds.contains(view)) list();
    else draw();
  };

  // places are shown where they are nearest to the middle of the map: beyond 180 degrees longitudes are counted on
  const within = (bounds) => {
    const [west, south, east, north] = [bounds.getWest(), bounds.getSouth(), bounds.getEast(), bounds.getNorth()];
    const middle = (west + east) / 2;
    return places.filter((one) => {
      const turn = Math.round((middle - one.lng) / 360);
      if (turn !== one.turn) {
        one.turn = turn;
        one.at = L.latLng(one.lat, one.lng + 360 * turn);
      }
      return one.isShown && one.lat >= south && one.lat <= north && one.at.lng >= west && one.at.lng <= east;
    });
  };

  // the shortest stretch of longitudes that has all of them: it lies where the widest gap does not
  const onwards = (lons) => {
    const gaps = lons.map((lon, n) => (n ? lon - lons[n - 1] : lon + 360 - lons.at(-1)));
    const begin = gaps.indexOf(gaps.reduce((a, b) => Math.max(a, b)));
    return [...lons.slice(begin), ...lons.slice(0, begin).map((lon) => lon + 360)];
  };

  const draw = () => {
    const zoom = map.getZoom();
    held = { zoom, bounds: map.getBounds().pad(0.4) };
    // each place joins the circle next to it, if one is near; those that count most are the first
    const cells = new Map();
    const clusters = [];
    const size = 256 * 2 ** zoom;
    for (const place of within(held.bounds)) {
      const [x, y] = [(place.x + place.turn) * size, place.y * size];
      const [column, row] = [Math.floor(x / CELL), Math.floor(y / CELL)];
      let nearest = null;
      let least = CELL * CELL;
      for (let n = 0; n < 9; n += 1) {
        for (const one of cells.get((column + (n % 3) - 1) * 1e6 + row + Math.floor(n / 3) - 1) ?? []) {
          const away = (one.x - x) ** 2 + (one.y - y) ** 2;
          if (away < least) [nearest, least] = [one, away];
        }
      }
      if (nearest) {
        nearest.some.push(place);
        nearest.articles += place.count;
        continue;
      }
      const made = { x, y, some: [place], articles: place.count };
      clusters.push(made);
      const cell = column * 1e6 + row;
      if (cells.has(cell)) cells.get(cell).push(made);
      else cells.set(cell, [made]);
    }
    spots.clearLayers();
    const [mark, land, ink, text] = ["mark", "land", "paper", "ink"].map(colour);
    const most = clusters.reduce((found, one) => Math.max(found, one.articles), 1);
    for (const { some, articles } of clusters.sort((a, b) => b.some.length - a.some.length)) {
      const first = some[0];
      const isAlone = some.length === 1;
      const isRing = isAlone && first.precision === "settlement";
      const isArea = isAlone && !isRing && first.precision !== "point";
      const radius = isArea ? 18 : Math.max(isAlone ? 5 : 10, 5 + 17 * Math.sqrt(articles / most));
      const spot = new Spot(first.at, {
        renderer: above,
        radius,
        color: isRing ? mark : land,
        weight: isRing ? 3 : isArea ? 0 : 1.5,
        fillColor: isRing ? land : mark,
        fillOpacity: isArea ? 0.25 : isRing ? 0.9 : 0.8,
        count: isAlone ? 0 : some.length,
        name: isAlone && clusters.length <= NAMED ? first.name : "",
        ink: isAlone ? text : ink,
        halo: land,
      });
      spot.some = some;
      spots.addLayer(spot);
    }
    list();
  };

  const tip = L.tooltip({ direction: "top" });
  spots.on("mouseover", ({ layer }) => {
    const [first, ...others] = layer.some;
    const text = document.createElement("span");
    text.textContent = others.length ? `${first.name} +${others.length}` : first.name;
    map.openTooltip(tip.setLatLng(first.at).setContent(text));
  });
  spots.on("mouseout", () => map.closeTooltip(tip));
  spots.on("click", ({ layer }) => {
    const box = L.latLngBounds(layer.some.map((one) => one.at));
    const zoom = map.getZoom();
    if (layer.some.length === 1 || zoom >= deepest || box.getNorthEast().equals(box.getSouthWest())) popup(layer.some, layer.some[0].at);
    else map.fitBounds(box.pad(0.3), { maxZoom: Math.min(deepest, zoom + 3), animate: !still });
  });

  let waiting = 0;
  const list = () => {
    clearTimeout(waiting);
    waiting = setTimeout(tell, 100); // once the map stands still
  };

  let seen = [];
  const tell = () => {
    seen = within(map.getBounds());
    twin.replaceChildren();
    listOn();
  };

  const listOn = () => {
    const from = twin.children.length;
    twin.append(...seen.slice(from, from + LISTED).map(itemOf));
    further.hidden = twin.children.length >= seen.length;
    status.textContent = seen.length ? `${told.wPlaces}: ${seen.length}.${further.hidden ? "" : ` ${told.wMore}`}` : told.wNone;
    return twin.children[from];
  };

  further.addEventListener("click", () => listOn()?.querySelector("a").focus());

  const field = (label, input) => {
    const whole = document.createElement("label");
    const name = document.createElement("span");
    name.textContent = label;
    whole.append(name, input);
    return whole;
  };

  const select = (name, options) => {
    const one = document.createElement("select");
    one.append(new Option(told.wAll, ""), ...options.map(([text, value]) => new Option(text, value)));
    one.addEventListener("change", () => choose({ [name]: one.value }));
    return one;
  };

  const choose = (what) => {
    chosen = { ...chosen, ...what };
    count();
    draw();
  };

  const form = () => {
    const all = document.createElement("form");
    all.setAttribute("aria-label", told.wChoose);
    all.addEventListener("submit", (event) => event.preventDefault());
    const months = data.months;
    if (months.length > 1) {
      const written = new Intl.DateTimeFormat(told.lang, { month: "short", year: "numeric", timeZone: "UTC" });
      const said = (at) => written.format(new Date(`${months[at]}-01T00:00:00Z`));
      const ends = ["from", "until"].map((name, number) => {
        const slider = document.createElement("input");
        slider.type = "range";
        slider.max = String(months.length - 1);
        slider.value = number ? slider.max : "0";
        const label = field(`${number ? told.wUntil : told.wFrom} `, slider);
        const output = document.createElement("output");
        label.firstChild.append(output);
        return { name, slider, label, output };
      });
      const say = () => {
        for (const end of ends) {
          end.output.value = said(Number(end.slider.value));
          end.slider.setAttribute("aria-valuetext", end.output.value);
        }
      };
      for (const [number, end] of ends.entries()) {
        end.slider.addEventListener("input", () => {
          const other = ends[1 - number].slider;
          const [from, until] = ends.map((one) => Number(one.slider.value));
          if (from > until) other.value = end.slider.value;
          say();
          choose({ from: Number(ends[0].slider.value), until: Number(ends[1].slider.value) });
        });
        all.append(end.label);
      }
      say();
    }
    const numbered = (names) => names.map((text, number) => [text, String(number)]).sort((a, b) => a[0].localeCompare(b[0], told.lang));
    for (const [name, label, options] of [
      ["source", told.wSource, numbered(data.sources)],
      ["topic", told.wTopic, numbered(data.topics.map(([title]) => title))],
      ["kind", told.wKind, numbered(data.kinds.map(([, text]) => text))],
    ]) {
      if (options.length) all.append(field(label, select(name, options)));
    }
    if (all.children.length) plane.before(all);
  };

  const get = (address) => fetch(address).then((answer) => (answer.ok ? answer.json() : Promise.reject(answer.status)));

  get(told.places).then((found) => {
    places = found.features.map((one) => {
      const at = L.latLng(one.geometry.coordinates[1], one.geometry.coordinates[0]);
      const { x, y } = map.options.crs.latLngToPoint(at, 0);
      return { ...one.properties, id: one.id, lat: at.lat, lng: at.lng, at, turn: 0, x: x / 256, y: y / 256 };
    });
    count();
    drawing.remove();
    plane.hidden = false;
    map.invalidateSize({ animate: false });
    const lats = places.map((one) => one.lat).sort((a, b) => a - b);
    const lons = onwards(places.map((one) => one.lng).sort((a, b) => a - b));
    const at = (list, part) => list[Math.min(list.length - 1, Math.floor(list.length * part))];
    // most of them: one place on another continent does not make a map of the world
    const part = places.length > 7 ? 0.08 : 0;
    map.fitBounds([[at(lats, part), at(lons, part)], [at(lats, 1 - part), at(lons, 1 - part)]], { maxZoom: 8, padding: [24, 24], animate: false });
    document.getElementById("_places").textContent = told.wHere;
    twin.before(status);
    twin.after(further);
    map.on("moveend", moved);
    paint();
    get(told.articles).then((more) => {
      data = more;
      data.about = data.topics.map(([, articles]) => new Set(articles));
      form();
      count();
      draw();
    }, () => {});
    if (told.tiles) L.tileLayer(told.tiles, { maxZoom: 19 }).addTo(map);
    else get(told.base).then((found) => { world = found; lay(); }, () => {});
  }, () => plane.remove());
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", paint);
  matchMedia("(forced-colors: active)").addEventListener("change", paint);
})();
