// One self-check on one page, to print. Fetched with this phone's key; nothing of it is in the address or kept here.

import { sheet } from "./api.js";
import { button, element } from "./bubbles.js";
import { holder } from "./memory.js";
import { words } from "./words.js";

const main = document.querySelector("main");

function lines(tag, title, rows) {
  const part = element("section", tag);
  part.append(element("h2", "", title));
  for (const row of rows) part.append(element("p", /^[\s\u3000]/.test(row) ? "inner" : "", row.trim()));
  return part;
}

function show(found) {
  main.append(
    button("print", words.print, () => window.print()),
    element("h1", "", found.title),
    element("p", "note", found.note),
    element("p", "day", words.sheetDay + found.day + "　" + words.sheetVersion + found.version),
    lines("told", words.sheetTold, found.told),
    lines("result", words.sheetResult, found.result),
    element("p", "closing", found.closing),
  );
}

const talk = holder();
if (talk) sheet(talk).then(show, (failure) => main.append(element("p", "gone", failure.words)));
else main.append(element("p", "gone", words.sheetGone));
