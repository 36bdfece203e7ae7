import { create, insertMultiple, load, save, search, update } from "@orama/orama";
import { glued, phrased, terms } from "./glue.mjs";

const schema = { title: "string", text: "string", about: "string", kind: "enum", year: "enum", voice: "enum", sources: "enum[]", places: "enum[]" };
const tokenizer = { language: "english", normalizationCache: new Map(), tokenize: text => terms(String(text)) };
const empty = () => create({ schema, components: { tokenizer: glued ? tokenizer : { language: "english", stemming: true } } });
const taken = record => ({ ...record, id: String(record.id) });

export const build = async (records, write) => {
  const database = empty();
  const all = [];
  for await (const record of records) all.push(taken(record));
  await insertMultiple(database, all, 5000);
  await write("index.json", JSON.stringify(save(database)));
};

export const edit = async (changes, write, read) => {
  const database = empty();
  load(database, JSON.parse(await read("index.json")));
  for (const record of changes) await update(database, String(record.id), taken(record));
  await write("index.json", JSON.stringify(save(database)));
};

export const open = async read => {
  const database = empty();
  load(database, JSON.parse(await read("index.json")));
  return async query => {
    const found = await search(database, { term: query.replaceAll('"', ""), limit: 100, tolerance: 1, threshold: 0, boost: { title: 3 } });
    const hits = found.hits.map(hit => hit.document);
    return glued ? phrased(query, hits) : hits;
  };
};
