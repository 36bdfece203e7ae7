import MiniSearch from "minisearch";
import { glued, phrased, terms } from "./glue.mjs";

const options = {
  fields: ["title", "text", "about"],
  storeFields: ["address", "kind", "shown", "title", "text", "year", "voice", "sources", "places"],
  searchOptions: { boost: { title: 3 }, prefix: true, fuzzy: 0.2, combineWith: "AND" },
  ...(glued && { tokenize: text => terms(text), processTerm: term => term }),
};

export const build = async (records, write) => {
  const index = new MiniSearch(options);
  for await (const record of records) index.add(record);
  await write("index.json", JSON.stringify(index));
};

export const edit = async (changes, write, read) => {
  const index = MiniSearch.loadJSON(await read("index.json"), options);
  for (const record of changes) index.replace(record);
  await index.vacuum();
  await write("index.json", JSON.stringify(index));
};

export const open = async read => {
  const index = MiniSearch.loadJSON(await read("index.json"), options);
  return async query => {
    const hits = index.search(query);
    return glued ? phrased(query, hits) : hits;
  };
};
