"""Maps: what they show of where places are, how exactly that is known, and that they are in the law. The archives are fiction, on the real
earth."""

from __future__ import annotations

import json
import math
import random
import re
from collections.abc import Callable
from pathlib import Path
from typing import get_args

import pytest

from sitegen.archive.nearby import FARTHEST, nearby
from sitegen.build import verify
from sitegen.cartography.drawing import Outline, country, drawn, shape
from sitegen.cartography.earth import DE_FACTO, Earth, within
from sitegen.cartography.lettering import Plate, meet
from sitegen.cartography.sheets import BREADTHS, HEIGHT, WIDTH, Sheet, apart, middle, near, sheet_of
from sitegen.content.shapes import NoShape, shape_of
from sitegen.model.base import Choice
from sitegen.model.digest import digest_of
from sitegen.model.records import Borders
from sitegen.packaged import BASEMAP, base_map
from sitegen.views.maps import MOST
from tests.conftest import CONFIG, REPOSITORY, Archive, asked

Make = Callable[[str], Archive]


def place(stem: str, kind: str, lat: float, lon: float, more: str = "") -> str:
    return (
        f"-- content/places/{stem}.md --\n---\nname: {stem.capitalize()}\nkind: {kind}\nlocation: {{lat: {lat}, lon: {lon}}}\n{more}---\n"
    )


RING = '{"type": "Polygon", "coordinates": [[[35, 49], [38, 49], [38, 51], [35, 51], [35, 49]]]}'
COUNTRY = (
    f"-- sitegen.yaml --\n{CONFIG}"
    + place("marn", "town", 49.9, 36.2, "within: [aule]\n")
    + place("ostry", "village", 49.7, 36.6)
    + place("mill", "site", 49.95, 36.0, "precision: point\n")
    + place("aule", "region", 50.0, 36.5, "shape: aule.geojson\n")
    + place("land", "country", 49.0, 32.0)
    + place("far", "city", -33.9, 151.2)
    + "-- content/places/nowhere.md --\n---\nname: Nowhere\nkind: town\n---\n"
    + f"-- content/shapes/aule.geojson --\n{RING}\n"
    + "-- content/sources/board.md --\n---\nname: Board\nkind: ngo\n---\n"
    + "-- content/claims/boats.md --\n---\ntitle: Boats\nkind: quantity\n---\n"
    + "-- content/topics/flood.md --\n---\nname: The flood\nkind: event\nplaces: [marn, ostry]\n---\n"
)


def article(stem: str, date: str, words: str, claims: str = "") -> str:
    return f"-- content/articles/{stem}.md --\n---\ntitle: {stem.capitalize()}\ndate: {date}\n{claims}---\n{words}\n"


CLAIM = "claims: [{quote: nine boats, claim: boats, source: board, places: [marn]}]\n"
TOLD = (
    COUNTRY
    + article("first", "2022-05-14", "In Marn nine boats sank. Ostry is near. The flood rose.", CLAIM)
    + article("second", "2022-06-02", "At Marn the mill stood.")
)


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    """The archive that most tests look at, built once."""
    from tests.conftest import files_of

    out = Archive(tmp_path_factory.mktemp("maps"))
    for path, content in files_of(TOLD).items():
        out.write(path, content)
    assert not out.build().failed
    return out


def map_of(html: str) -> str:
    found = re.search(r'<figure class="map">.*?</figure>', html, re.S)
    return found.group() if found else ""


def test_the_base_map_is_what_may_be_shipped() -> None:
    assert sum(path.stat().st_size for path in BASEMAP.iterdir()) <= 3 * 1024 * 1024


def test_each_view_that_may_be_chosen_is_in_it(earth: Earth) -> None:
    (choice,) = (mark for mark in get_args(Borders) if isinstance(mark, Choice))
    assert set(choice.members) == set(earth.views)


def test_a_point_is_a_dot_a_settlement_a_ring_and_a_region_its_outline(told: Archive) -> None:
    marn = map_of(told.html("places/marn"))
    assert 'class="ring own"' in marn
    assert 'class="dot"' in marn, "the mill"
    assert '<path class="outline" d="M' in marn, "what it lies in"
    aule = map_of(told.html("places/aule"))
    assert '<path class="outline own" d="M' in aule
    assert not re.search('class="(dot|ring|soft) own"', aule), "no mark pretends to be a point"
    land = map_of(told.html("places/land"))
    assert '<path class="meant" d="M' in land
    assert not re.search('class="(dot|ring|soft) own"', land)


def test_neighbours_are_linked_on_the_map_and_in_words(told: Archive) -> None:
    marn = map_of(told.html("places/marn"))
    assert "Near it:" in marn
    assert '<a href="/places/ostry/">Ostry</a>' in marn
    assert "Far" not in marn
    assert "Natural Earth" in marn
    assert re.search('<a href="/places/ostry/" tabindex="-1"><text [^>]*>Ostry</text></a>', marn)
    assert 'class="here"' in marn


def test_a_place_without_a_location_has_no_map(told: Archive) -> None:
    assert not map_of(told.html("places/nowhere"))


def test_articles_topics_and_days_have_maps_of_their_places(archive: Make) -> None:
    site = archive(TOLD.replace("date: 2022-05-14", "date: 2022-05-14\nday: 79"))
    assert not site.build().failed
    for address in ("articles/first", "topics/flood", "days/war/79"):
        shown = map_of(site.html(address))
        assert set(re.findall(r'<text[^>]* class="own"[^>]*>(\w+)</text>', shown)) == {"Marn", "Ostry"}


def test_labels_do_not_lie_on_one_another() -> None:
    plate = Plate()
    for number in range(40):
        plate.beside(f"Place {number}", 100 + number * 13 % 600, 80 + number * 29 % 400, 9)
    boxes = plate.taken
    assert len(boxes) > 10
    assert not any(meet(a, b) for n, a in enumerate(boxes) for b in boxes[n + 1 :])
    assert all(left >= 0 and top >= 0 and right <= WIDTH and bottom <= HEIGHT for left, top, right, bottom in boxes)


def test_sheets_hold_what_they_are_to_show() -> None:
    for spots in ([(50, 36)], [(-18, 179.5), (-17, -179.5)], [(60, 25), (35, -5)], [(0, 170), (10, -170)], [(80, 20)]):
        sheet = sheet_of(spots, 640)
        assert sheet.holds(spots, 1.0)
        x, y = sheet.at(*spots[0])
        if sheet.across:
            lat, lon = sheet.back(x, y)
            assert (round(lat, 3), round(lon, 3) % 360) == (spots[0][0], spots[0][1] % 360)
    assert sheet_of([(0, 0), (60, 120), (-50, -100)]) == Sheet(0, 0, 0)
    assert (WIDTH, HEIGHT) == (800, 560)


def test_180_is_one_line_from_both_sides() -> None:
    assert middle([(0, 180), (0, -180)]) == (0, 180)
    assert middle([(0, 176), (2, 180), (0, -180), (0, -178)]) == (1, 179)
    assert middle([(0, -178.5), (0, -178)]) == (0, -178.25)
    assert middle([(10, 20)]) == (10, 20)


def polygons(path: str) -> list[list[tuple[float, float]]]:
    """The rings of a path as `path_of` writes it."""
    out = []
    for ring in path.split("z")[:-1]:
        (x, y), *steps = (tuple(map(int, pair)) for pair in re.findall(r"(-?[0-9]+) ?(-?[0-9]+)", ring))
        points = [(float(x), float(y))]
        for dx, dy in steps:
            points.append((points[-1][0] + dx, points[-1][1] + dy))
        out.append(points)
    return out


def covers(path: str, x: float, y: float) -> bool:
    return sum(within([a for a, _ in ring], [b for _, b in ring], x, y) for ring in polygons(path)) % 2 == 1


@pytest.fixture(scope="module")
def earth() -> Earth:
    return Earth(base_map()[0])


def test_sheets_of_half_a_globe_have_the_land_that_the_earth_has(earth: Earth) -> None:
    """What lies around the antipode is drawn nowhere: Lambert's projection would turn it inside out."""
    for lat, lon in ((0, -168.82), (0, 0), (-30, -120), (45, 150), (-60, 90), (75, -40), (-90, 0), (20, 179)):
        sheet = Sheet(lat, lon, BREADTHS[-1])
        path = drawn(earth, sheet, DE_FACTO).land
        rings = [([x for x, _ in ring], [y for _, y in ring]) for ring in polygons(path)]
        grid = [(x, y) for x in range(20, WIDTH, 40) for y in range(20, HEIGHT, 40)]
        shown = {(x, y) for x, y in grid if sum(within(*ring, x, y) for ring in rings) % 2}
        known = {(x, y) for x, y in grid if earth.area_near(*sheet.back(x, y)) >= 0}
        assert len(shown ^ known) <= len(grid) * 0.06, (lat, lon)
        assert len(rings) == len({tuple(map(tuple, ring)) for ring in rings}), "nothing is drawn twice"


def test_land_and_shapes_are_drawn_on_both_sides_of_180(earth: Earth) -> None:
    sheet = sheet_of([(-17, 179.9)], 640)
    fiji = b'{"type": "MultiPolygon", "coordinates": [[[[178, -18], [180, -18], [180, -16], [178, -16], [178, -18]]], [[[-180, -18], [-179, -18], [-179, -16], [-180, -16], [-180, -18]]]]}'
    outline = shape_of(fiji)
    for lon in (179.9, -179.9 + 360):
        for middle_lon in (lon, lon - 360):
            there = Sheet(sheet.lat, middle_lon, 640)
            path = shape(there, Outline(digest_of(fiji), outline))
            assert covers(path, *there.at(-17, 178.5))
            assert covers(path, *there.at(-17, -179.5))
    for code, lat, lon in (("FJI", -16.4, -179.9), ("NZL", -43.9, -176.5)):
        around = sheet_of([(lat, 179)], 1280)
        x, y = around.at(lat, lon)
        islands = [point for ring in polygons(country(earth, around, code, DE_FACTO)) for point in ring]
        assert any(math.hypot(one - x, other - y) < 60 for one, other in islands), code


def test_places_near_a_pole_lie_on_their_own_map(archive: Make) -> None:
    for spots in ([(90, 0)], [(-90, 0)], [(88, 170)], [(89.9, 0), (89.9, 180)], [(-86, 10), (-86, -170)]):
        for least in BREADTHS:
            assert sheet_of(spots, least).holds(spots, 1.0), (spots, least)
    site = archive(COUNTRY + place("south", "site", -90, 0) + place("north", "site", 90, 0))
    assert not site.build().failed
    for stem in ("south", "north"):
        shown = map_of(site.html(f"places/{stem}"))
        assert 'class="dot own"' in shown
        assert "beyond this map" not in shown


def topic(*stems: str) -> str:
    return f"-- content/topics/meeting.md --\n---\nname: The meeting\nkind: event\nplaces: [{', '.join(stems)}]\n---\n"


def test_what_is_too_small_to_be_seen_has_a_mark(archive: Make) -> None:
    ring = "[[36, 50], [36.004, 50], [36.004, 50.004], [36, 50.004], [36, 50]]"
    site = archive(
        COUNTRY
        + place("quay", "district", 50.002, 36.002, "shape: quay.geojson\n")
        + f'-- content/shapes/quay.geojson --\n{{"type": "Polygon", "coordinates": [{ring}]}}\n'
        + "".join(place(stem, "country", lat, lon) for stem, lat, lon in (("germany", 51, 10), ("tunisia", 34, 9.5), ("greece", 39, 22)))
        + place("malta", "country", 35.9, 14.4)
        + topic("germany", "tunisia", "greece", "malta")
    )
    assert not site.build().failed
    assert 'class="soft own"' in map_of(site.html("places/quay"))
    shown = map_of(site.html("topics/meeting"))
    (marks,) = re.findall('<path class="soft own" d="([^"]*)"', shown)
    assert marks.count("M") == 1, "Malta's alone"
    assert {"Germany", "Malta"} <= set(re.findall(r'<text[^>]* class="own"[^>]*>(\w+)</text>', shown))


@pytest.mark.soak
def test_what_lies_beyond_a_map_is_counted_and_nothing_else(archive: Make) -> None:
    site = archive(
        COUNTRY
        + place("atoll", "town", -8.52, 179.2)
        + place("london", "city", 51.5, -0.1)
        + place("lima", "city", -12, -77)
        + topic("atoll", "london", "lima")
    )
    assert not site.build().failed
    assert "beyond this map" not in map_of(site.html("topics/meeting"))
    names = [f"town{number}" for number in range(MOST + 20)]
    site = archive(
        COUNTRY
        + "".join(place(name, "town", 49 + number % 20 / 20, 36 + number // 20 / 20) for number, name in enumerate(names))
        + article("roll", "2022-05-14", f"{' '.join(name.capitalize() for name in names)} Far.")
    )
    assert not site.build().failed
    assert "1 place lies beyond this map." in map_of(site.html("articles/roll")), "those that are too many to be drawn lie on it"


def test_an_outline_is_drawn_once_for_a_sheet_and_has_no_more_points_than_maps_show() -> None:
    ring = [[36 + math.cos(n / 2400) * 1.5, 50 + math.sin(n / 2400)] for n in range(15_000)]
    found = shape_of(json.dumps({"type": "Polygon", "coordinates": [[*ring, ring[0]]]}).encode())
    ((lons, _),) = found.lines
    assert 500 < len(lons) < 4_000
    sheet, digest = sheet_of([(50, 36)], 320), digest_of(b"ring")
    assert shape(sheet, Outline(digest, found)) is shape(sheet, Outline(digest, found))


@pytest.mark.parametrize("lat", [-90, -78, -50, 0, 50, 65, 78, 89])
@pytest.mark.parametrize("spread", [0.04, 1, 12])
@pytest.mark.parametrize("lon", [30, 179.9])
def test_nearest_places_are_found_as_by_looking_at_all(lat: float, spread: float, lon: float) -> None:
    chance = random.Random(f"{lat} {spread} {lon}")
    wide = spread / max(0.03, math.cos(math.radians(lat)))

    def place(number: int) -> tuple[str, float, float]:
        up = lat + chance.uniform(-spread, spread)  # over a pole it goes down again
        return f"p{number}", math.degrees(math.asin(math.sin(math.radians(up)))), near(lon + chance.uniform(-wide, wide), 0)

    places = [place(number) for number in range(80)]
    for one, found in zip(places, nearby(places, places), strict=True):
        rest = sorted((apart(*one[1:], *other[1:]), other[0]) for other in places if other != one)[:8]
        assert found == (one[0], tuple(key for away, key in rest if away <= FARTHEST))


def test_places_at_one_spot_are_near_one_another_by_their_names() -> None:
    places = [(f"p{n}", 90.0 if n % 2 else 89.9, n % 2 * 90.0 * n) for n in range(20)]
    found = dict(nearby(places, places))
    assert found["p1"] == ("p11", "p13", "p15", "p17", "p19", "p3", "p5", "p7")
    assert found["p0"] == ("p10", "p12", "p14", "p16", "p18", "p2", "p4", "p6")


def test_borders_are_drawn_by_the_view_that_is_asked_for(archive: Make, earth: Earth) -> None:
    site = archive(COUNTRY + place("kut", "town", 45.3, 34.4))
    site.build()
    shown = map_of(site.html("places/kut"))
    assert "disputed" in shown
    assert "by who holds the land" in shown
    assert "Russia" not in shown, "whose the land is we do not say"
    site.write("sitegen.yaml", CONFIG + "map: {borders: UA}\n")
    site.build()
    shown = map_of(site.html("places/kut"))
    assert 'class="border disputed"' not in shown
    assert "by the view that Natural Earth gives as UA" in shown
    assert [earth.country_at(45.3, 34.4, view) for view in ("de-facto", "UA", "RU")] == ["RUS", "UKR", "RUS"]


def test_the_page_of_the_map_lists_all_places_and_counts_articles(told: Archive) -> None:
    page = told.html("map")
    assert page.count('class="cluster"') >= 2
    assert '<a href="/places/marn/">Marn</a> town · 2 articles' in " ".join(page.split())
    assert '<a href="/map/" aria-current="true">Map</a>' in page
    found = json.loads(told.html("map/places.geojson"))
    by_id = {one["id"]: one for one in found["features"]}
    assert by_id["marn"]["properties"] == {
        "name": "Marn", "kind": "town", "label": "town", "precision": "settlement", "articles": 2, "url": "https://x.org/places/marn/",
    }  # fmt: skip
    assert by_id["marn"]["geometry"] == {"type": "Point", "coordinates": [36.2, 49.9]}
    assert "nowhere" not in by_id


def test_what_the_script_chooses_by(told: Archive) -> None:
    found = json.loads(told.html("map/articles.json"))
    assert found["months"] == ["2022-05", "2022-06"]
    assert found["sources"] == ["Board"]
    assert found["kinds"] == [["quantity", "quantity"]]
    assert found["topics"] == [["The flood", [found["places"]["marn"][0][0]]]]
    assert [one[1:] for one in found["places"]["marn"]] == [[0, [0], [0]], [1, [], []]]


def test_maps_are_in_the_law_and_an_edit_makes_few_pages_anew(archive: Make) -> None:
    site = archive(TOLD)
    site.build()
    assert site.build().rendered == 0
    site.write("content/articles/second.md", "---\ntitle: Second\ndate: 2022-06-02\n---\nAt Marn the mill stood, they say.\n")
    before = site.bytes_of_output()
    site.build()
    assert {path for path, found in site.bytes_of_output().items() if before.get(path) != found and path.startswith("map/")} == set()
    site.write("content/places/ostry.md", "---\nname: Ostry\nkind: village\nlocation: {lat: 49.71, lon: 36.65}\n---\n")
    changed = {path for path, found in site.bytes_of_output().items() if before.get(path) != found}
    site.build()
    changed = {path for path, found in site.bytes_of_output().items() if before.get(path) != found}
    assert {"places/marn/index.html", "articles/first/index.html", "topics/flood/index.html", "map/places.geojson"} <= changed
    assert "places/far/index.html" not in changed
    assert not verify(site.root, site.output, asked())


def test_maps_can_be_switched_off(archive: Make) -> None:
    site = archive(TOLD)
    site.write("sitegen.yaml", CONFIG.replace("data: false", "data: false, maps: false"))
    site.build()
    assert not map_of(site.html("places/marn"))
    assert not (site.output / "map").exists()
    assert "/map/" not in site.html("")
    assert not list((site.output / "assets").glob("world*"))


def test_tiles_are_named_in_the_policy_and_owed(archive: Make) -> None:
    site = archive(COUNTRY)
    tiles = "map:\n  tiles: {url: 'https://t.example.org/{z}/{x}/{y}.png', credit: © the drawers}\n"
    site.write("sitegen.yaml", CONFIG.replace("plain", "default") + tiles)
    site.build()
    page = site.html("map")
    assert "img-src &#39;self&#39; https://t.example.org" in page
    assert "© the drawers" in page
    site.write("sitegen.yaml", CONFIG + tiles.replace("https://t.example.org/", "http://t; script-src *"))
    assert [one.code for one in site.build().problems] == ["wrong-type"]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"{", "no JSON"),
        (b"[]", "no GeoJSON"),
        (b'{"type": "Point", "coordinates": [1, 2]}', "neither areas nor lines"),
        (b'{"type": "FeatureCollection", "features": [{"type": "Feature", "geometry": {"type": "LineString", "coordinates": [[1, 95], [2, 3]]}}]}',
         r"features[0].geometry.coordinates[0] lies not on the earth"),
        (b'{"type": "Polygon", "coordinates": [[[0, 0], [1, 0], [1, 1], [0, 1]]]}', "does not end where it begins"),
        (b"[" * 200_000, "nested too deep"),
        (b'{"type": "LineString", "coordinates": [' + b",".join(b"[%d, %d]" % (n % 180, n % 90) for n in range(30_000)) + b"]}", "more than 20,000"),
        (b" " * 2_000_001, "larger than"),
        (b'{"type": "LineString", "coordinates": [[NaN, 1], [2, 3]]}', "no position"),
        (b'{"type": ["Polygon"], "coordinates": []}', "no GeoJSON of a known type"),
        (b'{"type": {}}', "no GeoJSON of a known type"),
        (b'{"type": "LineString", "coordinates": [[%s, 1], [2, 3]]}' % (b"9" * 400), "no position"),
        (b'{"type": "LineString", "coordinates": [[%s, 1], [2, 3]]}' % (b"9" * 5_000), "no position"),
        (b'{"type": "LineString", "coordinates": [[178, 1], [179.5, 1], [-179.5, 2]]}', "coordinates[2] is more than half of the globe"),
        (b'{"type": "Polygon", "coordinates": [[[1, 1], [1.0001, 1], [1.0001, 1.0001], [1, 1]]]}', "smaller than a hundred metres"),
    ],
)  # fmt: skip
def test_what_is_no_shape_is_told(data: bytes, words: str) -> None:
    with pytest.raises(NoShape, match=re.escape(words)):
        shape_of(data)


def test_a_shape_lies_between_degrees_that_go_on_beyond_180() -> None:
    def box(*rings: tuple[float, float, float, float]) -> tuple[float, float, float, float]:
        areas = [[[[w, s], [e, s], [e, n], [w, n], [w, s]]] for w, s, e, n in rings]
        found = shape_of(json.dumps({"type": "MultiPolygon", "coordinates": areas}).encode())
        return found.west, found.south, found.east, found.north

    assert box((35, 49, 38, 51)) == (35, 49, 38, 51)
    assert box((158, 62, 180, 70), (-180, 62, -170, 71)) == (158, 62, 190, 71)
    assert box((-180, -19, -178, -16), (176, -20, 180, -17)) == (176, -20, 182, -16)
    assert box((0, -80, 180, -65), (-180, -80, 0, -65)) == (-180, -80, 180, -65)
    wide = shape_of(b'{"type": "LineString", "coordinates": [[-120, 60], [0, 65], [120, 70]]}')
    assert (wide.west, wide.east) == (-120, 120), "what lies between two positions is a part of it"
    pole = shape_of(b'{"type": "Polygon", "coordinates": [[[-180, -90], [-180, -70], [0, -65], [180, -70], [180, -90], [-180, -90]]]}')
    assert (pole.south, pole.north) == (-90, -65), "where all meridians meet a step is none"


def test_a_river_is_a_line_and_a_shape_that_is_missing_is_told(archive: Make) -> None:
    line = '{"type": "LineString", "coordinates": [[35, 49], [36, 50], [37, 50.5]]}'
    site = archive(COUNTRY + place("aa", "river", 50, 36, "shape: aa.geojson\n") + f"-- content/shapes/aa.geojson --\n{line}\n")
    site.build()
    assert '<path class="course own"' in map_of(site.html("places/aa"))
    (site.root / "content/shapes/aa.geojson").unlink()
    problem = next(one for one in site.build().problems if one.code == "bad-shape")
    assert (problem.path, problem.line) == ("content/places/aa.md", 5)


def test_the_library_of_the_map_is_on_its_page_alone() -> None:
    templates = [path for path in (REPOSITORY / "themes").rglob("*.html") if "leaflet" in path.read_text(encoding="utf-8")]
    assert [path.name for path in templates] == ["map.html"]
    script = sum((REPOSITORY / "themes/default/assets" / name).stat().st_size for name in ("leaflet.js", "map.js"))
    assert script <= 250_000
    assert "BSD 2-Clause" in Path(REPOSITORY / "themes/default/assets/leaflet.js").read_text(encoding="utf-8")[:200]
