// Where the person writes: the field grows with the words, and what is typed but not sent survives a reload.

import { recall, remember } from "./memory.js";

const PIECE = 4000; // characters of one message; the server takes 4096
const MOST_PIECES = 10;
const TALLEST = 0.3; // of the screen

const field = document.getElementById("text");
let resized = () => undefined;

/** Begin. `say` gets the pieces of what was written, or null if it is too long to send; `changed` follows each change. */
export function begin(say, changed) {
  resized = changed;
  document.getElementById("write").addEventListener("submit", (event) => {
    event.preventDefault();
    send(say);
  });
  field.addEventListener("input", typed);
  field.addEventListener("keydown", (event) => {
    // 229: the key belongs to the input method that is putting characters together.
    if (event.key !== "Enter" || event.shiftKey || event.isComposing || event.keyCode === 229) return;
    event.preventDefault();
    send(say);
  });
  put(recall("draft") || "");
}

function send(say) {
  const parts = pieces(field.value.trim());
  if (parts.length > MOST_PIECES) {
    say(null);
    return;
  }
  if (parts.length) say(parts);
  put("");
}

function typed() {
  remember("draft", field.value);
  grow();
}

/** Fit the field to its words. */
export function grow() {
  field.style.height = "auto";
  field.style.height = Math.min(field.scrollHeight + 4, innerHeight * TALLEST) + "px";
  resized();
}

/** Replace what is written. */
export function put(words) {
  field.value = words;
  typed();
}

/** Give words back to be changed, after whatever is being written, and go there. */
export function giveBack(words) {
  put(field.value ? field.value + "\n" + words : words);
  field.focus();
}

// A long text goes out as several messages, cut after a line or a sentence, never inside a surrogate pair.
function pieces(whole) {
  const parts = [];
  let rest = whole;
  while (rest.length > PIECE) {
    const head = rest.slice(0, PIECE);
    const sentence = Math.max(...["\n", "。", "！", "？"].map((end) => head.lastIndexOf(end)));
    let cut = sentence > PIECE / 2 ? sentence + 1 : PIECE;
    if (/[\uD800-\uDBFF]/.test(rest[cut - 1])) cut -= 1;
    parts.push(rest.slice(0, cut));
    rest = rest.slice(cut);
  }
  if (rest) parts.push(rest);
  return parts;
}
