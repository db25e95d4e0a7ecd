// What is shown, piece by piece. Text from anybody goes in as text only and inside its own direction, so that it can
// neither act nor turn its neighbours around.

import { picture as fetchPicture } from "./api.js";
import { holder } from "./memory.js";
import { words } from "./words.js";

const CODE_LINE = /^(查询码|密码)[\s:：]*([0-9A-Z]{5}-[0-9A-Z]{5}|\d{4})$/;
const STAFF_DOOR = /\/staff\/in\/[\w-]{20,60}/;
const NUMBERS = /(^|\D)(110|120|119|12356|12355)(?!\d)/g;

export function element(tag, className, text) {
  const made = document.createElement(tag);
  if (className) made.className = className;
  if (text !== undefined) made.textContent = text;
  return made;
}

export function button(className, text, act) {
  const made = element("button", className, text);
  made.type = "button";
  made.addEventListener("click", act);
  return made;
}

function speaker(name) {
  return element("span", "unseen", name);
}

function body(text) {
  const made = element("div", "words", text);
  made.dir = "auto";
  return made;
}

/** A message of ours: {id, text, kind, choices, at}. */
export function ours(message) {
  const box = element("div", "say ours " + (["emergency", "person", "receipt", "document"].includes(message.kind) ? message.kind : "plain"));
  box.append(speaker(message.kind === "person" ? words.person : words.us));
  if (message.kind === "receipt") receipt(box, message.text);
  else box.append(body(message.text));
  if (message.kind === "document") box.append(printing(box));
  const door = STAFF_DOOR.exec(message.text);
  if (door) box.append(pageLink(door[0], words.staffPage));
  if (message.kind === "picture") box.prepend(picture(message.id));
  if (message.kind === "sheet") box.append(pageLink("sheet", words.sheet));
  if (message.kind === "emergency") {
    box.setAttribute("role", "alert");
    box.append(phones(message.text));
  }
  return box;
}

/** The words beside it say the same, so that nothing is lost where it does not come. */
function picture(id) {
  const image = element("img", "picture");
  image.alt = "";
  const talk = holder();
  if (talk) fetchPicture(talk, id).then((source) => (source ? (image.src = source) : image.remove()));
  return image;
}

/** A page of this very site as something to tap: the one-time link of a staff member, the sheet to print. */
function pageLink(path, name) {
  const link = element("a", "phone wide", name);
  link.href = path;
  link.target = "_blank";
  link.rel = "noopener";
  return link;
}

/** Puts this one message on paper, and nothing else of the talk. */
function printing(box) {
  return button("wide", words.print, () => {
    box.classList.add("onpaper");
    window.print();
    box.classList.remove("onpaper");
  });
}

/** Numbers to tap, in the order the message names them; 110 and 120 always. */
function phones(text) {
  const named = [];
  text.replace(NUMBERS, (all, before, number) => named.push(number));
  const row = element("div", "phones");
  for (const number of new Set(named.concat("110", "120"))) {
    const link = element("a", "phone", words.call + number);
    link.href = "tel:" + number;
    row.append(link);
  }
  return row;
}

/** The report code and its PIN large, each on its own line, and what to do with them. */
function receipt(box, text) {
  const codes = [];
  for (const line of text.split("\n")) {
    const found = CODE_LINE.exec(line.trim());
    if (!found) {
      box.append(body(line));
      continue;
    }
    codes.push(found[1] + " " + found[2]);
    const row = element("div", "code");
    row.append(element("span", "", found[1]), element("strong", "", found[2]));
    box.append(row);
  }
  box.append(element("p", "warning", words.keepCode));
  const copy = button("wide", words.copy, async () => {
    copy.textContent = (await copied(codes.join("\n") || text)) ? words.copied : words.copyByHand;
  });
  box.append(copy);
}

// The clipboard of today needs https; an old phone has only the old way.
async function copied(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const field = element("textarea", "unseen");
    field.value = text;
    document.body.append(field);
    field.select();
    const done = document.execCommand("copy");
    field.remove();
    return done;
  }
}

/** The buttons under a message. `used` is the value already chosen, or undefined. `choose` gets the choice. */
export function choices(message, used, choose) {
  const row = element("div", "choices");
  row.setAttribute("role", "group");
  for (const choice of message.choices) {
    const style = ["primary", "danger", "quiet"].includes(choice.style) ? choice.style : "";
    const made = button(style, choice.label, () => choose(choice));
    made.dir = "auto";
    made.dataset.value = choice.value;
    row.append(made);
  }
  settleChoices(row, used);
  return row;
}

/** Close the buttons with `used` chosen, or open them again when it is undefined. */
export function settleChoices(row, used) {
  for (const made of row.children) {
    made.disabled = used !== undefined;
    made.classList.toggle("chosen", made.dataset.value === used);
  }
}

/** Something the person said. */
export function mine(item) {
  const box = element("div", "say mine");
  box.append(speaker(words.me), body(item.label));
  return box;
}

/** What became of it, below its bubble. `retry` and `edit` are called on a tap. */
export function fate(box, item, trouble, retry, edit) {
  box.querySelectorAll(".fate").forEach((old) => old.remove());
  const waits = item.state === "waiting" && trouble;
  box.classList.toggle("unsent", Boolean(waits) || item.state === "refused");
  if (!waits && item.state !== "refused") return;
  const row = element("div", "fate");
  row.append(element("span", "", waits ? words.unsent : item.why));
  if (waits) row.append(button("", words.retry, retry));
  else if (item.body && item.body.text) row.append(button("", words.edit, edit));
  box.append(row);
}

/** How much of a file is on its way; `share` from 0 to 1. */
export function progress(box, share) {
  let row = box.querySelector(".fate");
  if (!row || row.children.length) {
    box.querySelectorAll(".fate").forEach((old) => old.remove());
    row = element("div", "fate");
    row.setAttribute("aria-hidden", "true");
    box.append(row);
  }
  row.textContent = words.sending + " " + Math.floor(share * 100) + "%";
}

/** When it was said, shown only after a long pause. */
export function moment(at) {
  const style = { month: "long", day: "numeric", hour: "2-digit", minute: "2-digit", hour12: false, timeZone: "Asia/Shanghai" };
  return element("p", "when", new Date(at).toLocaleString("zh-CN", style));
}

export function typing() {
  const made = element("div", "say ours typing");
  made.setAttribute("aria-hidden", "true");
  for (let dot = 0; dot < 3; dot += 1) made.append(element("i"));
  return made;
}
