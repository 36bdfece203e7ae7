// Records by Pagefind's own service; its files are its own, and its page loads them.
import { glued, joined } from "./glue.mjs";

export const build = async (records, _write, folder) => {
  const { createIndex, close } = await import("pagefind");
  const { index } = await createIndex({ forceLanguage: "en" });
  for await (const record of records) {
    const text = [record.title, record.text, record.about].filter(Boolean).join(". ");
    const { errors } = await index.addCustomRecord({
      url: record.address,
      content: glued && joined(text) !== text ? `${text} ${joined(text)}` : text,
      language: "en",
      meta: { title: record.shown },
      filters: Object.fromEntries(
        Object.entries({ kind: [record.kind], year: [record.year], voice: [record.voice], source: record.sources, place: record.places })
          .map(([name, values]) => [name, values.filter(Boolean)])
          .filter(([, values]) => values.length),
      ),
    });
    if (errors.length) throw new Error(errors[0]);
  }
  await index.writeFiles({ outputPath: `${folder}/pagefind` });
  await close();
};

export const open = async () => {
  const pagefind = await import(new URL("./pagefind/pagefind.js", document.baseURI).href);
  await pagefind.init();
  return async query => {
    const { results } = await pagefind.search(glued ? joined(query) : query);
    const first = await Promise.all(results.slice(0, 10).map(result => result.data()));
    return first.map(data => ({ address: data.raw_url || data.url, shown: data.meta.title, text: data.plain_excerpt || data.excerpt, title: "" }));
  };
};
