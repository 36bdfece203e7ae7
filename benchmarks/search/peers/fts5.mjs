// SQLite in WebAssembly over ranged requests; the database is made by benchmarks/search/fts5.py.
import { createDbWorker } from "sql.js-httpvfs";
import { glued, joined } from "./glue.mjs";

const QUERY =
  "select r.address, r.shown, r.text, r.title from words join records r on r.id = words.rowid where words match ? order by bm25(words, 3, 1, 1) limit 10";

/** A query in FTS5's own words: all of them, phrases as they stand; with what is put around it, words that begin so too. */
const asked = query =>
  [...(glued ? joined(query) : query).matchAll(/"([^"]+)"|([^\s"]+)/g)]
    .map(([, phrase, word]) => (phrase ? `"${phrase}"` : `"${word}"${glued ? "*" : ""}`))
    .join(" ");

export const open = async () => {
  const url = name => new URL(name, document.baseURI).href;
  const config = { from: "inline", config: { serverMode: "full", requestChunkSize: 4096, url: url("index.sqlite3") } };
  const { db } = await createDbWorker([config], url("sqlite.worker.js"), url("sql-wasm.wasm"));
  return async query => db.query(QUERY, [asked(query)]);
};
