// Keeps sitegen's store and the last site between Netlify's builds, so that a build makes only what has changed. Both only save time:
// where they are lost, damaged, or of another version, the build is complete and slower.
const KEPT = [".sitegen", "public"];

module.exports = {
  onPreBuild: async ({ utils }) => {
    for (const folder of KEPT) {
      console.log((await utils.cache.restore(folder)) ? `${folder}: as the last build left it` : `${folder}: made anew`);
    }
  },
  onPostBuild: async ({ utils }) => {
    await utils.cache.save(KEPT);
  },
};
