// node run.mjs build NAME RECORDS FOLDER [glued]        makes an index
// node run.mjs edit NAME CHANGES FOLDER [glued]         changes it: CHANGES holds the records that are to stand in the place of their like
import { createReadStream } from "node:fs";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { createInterface } from "node:readline";

const [, , what, name, path, folder, how] = process.argv;
globalThis.GLUED = how === "glued";
const peer = await import(`./${name}.mjs`);
async function* records() {
  for await (const line of createInterface({ input: createReadStream(path) })) yield JSON.parse(line);
}
await mkdir(folder, { recursive: true });
const write = (name, text) => writeFile(`${folder}/${name}`, text);
const read = name => readFile(`${folder}/${name}`, "utf-8");
if (what === "build") await peer.build(records(), write, folder);
else {
  const changes = [];
  for await (const record of records()) changes.push(record);
  await peer.edit(changes, write, read);
}
