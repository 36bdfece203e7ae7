// Pagefind's command line over the built pages, as most use it; a hit leads to the anchor that stands nearest before its words.
import { glued, joined } from "./glue.mjs";

export const open = async () => {
  const pagefind = await import(new URL("./pagefind/pagefind.js", document.baseURI).href);
  await pagefind.init();
  return async query => {
    const { results } = await pagefind.search(glued ? joined(query) : query);
    const first = await Promise.all(results.slice(0, 10).map(result => result.data()));
    return first.map(data => {
      const [best] = [...(data.weighted_locations || [])].sort((a, b) => b.balanced_score - a.balanced_score || a.location - b.location);
      const anchor = best && data.anchors.filter(one => one.location <= best.location && !one.id.startsWith("_")).at(-1);
      const url = data.raw_url || data.url;
      return { address: anchor && url.startsWith("/articles/") ? `${url}#${anchor.id}` : url, shown: data.meta.title, text: data.excerpt, title: "" };
    });
  };
};
