import { Charset, Document } from "flexsearch";
import { glued, phrased, terms } from "./glue.mjs";

const empty = () =>
  new Document({
    document: { id: "id", index: ["title", "text", "about"], store: ["address", "kind", "shown", "title", "text", "year", "voice", "sources", "places"] },
    tokenize: "forward",
    encoder: glued ? { encode: terms } : Charset.LatinBalance,
  });
const exported = async (index, write) => {
  const names = [];
  await index.export(async (name, text) => {
    names.push(name);
    await write(`${name}.json`, text ?? "");
  });
  await write("names.json", JSON.stringify(names));
};
const imported = async read => {
  const index = empty();
  const names = JSON.parse(await read("names.json"));
  const texts = await Promise.all(names.map(name => read(`${name}.json`)));
  for (const [number, name] of names.entries()) await index.import(name, texts[number]);
  return index;
};

export const build = async (records, write) => {
  const index = empty();
  for await (const record of records) index.add(record);
  await exported(index, write);
};

export const edit = async (changes, write, read) => {
  const index = await imported(read);
  for (const record of changes) index.update(record);
  await exported(index, write);
};

export const open = async read => {
  const index = await imported(read);
  return async query => {
    const found = index.search(query.replaceAll('"', ""), { limit: 100, enrich: true, merge: true });
    const hits = found.map(hit => hit.doc);
    return glued ? phrased(query, hits) : hits;
  };
};
