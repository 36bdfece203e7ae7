// Builds a clone of this repository twice, as Netlify does, each time from a clean checkout with what the cache has kept; the second
// build must make nothing. Called by `make netlify`: netlify_twice.mjs BUILD-LIBRARY CLONE CACHE
import { execFileSync } from "node:child_process";

const [library, clone, cacheDir] = process.argv.slice(2);
const { default: build } = await import(library);

for (const round of ["first", "second"]) {
  execFileSync("git", ["clean", "-qfdx"], { cwd: clone });
  const done = await build({ offline: true, repositoryRoot: clone, cwd: clone, cacheDir, context: "production", telemetry: false, buffer: true });
  const said = (done.logs?.stdout ?? []).join("\n");
  const made = said.match(/\d+ pages: (\d+) rendered.*/);
  console.log(`${round} build: ${made?.[0] ?? said}`);
  if (!done.success || !made || (round === "second" && made[1] !== "0")) process.exit(1);
}
