// What esbuild makes the page's script of; PEER is put in by name.
import { serve } from "./page.mjs";
import { open } from "PEER";

serve(() =>
  open(async name => {
    const answer = await fetch(new URL(name, document.baseURI));
    return answer.text();
  }),
);
