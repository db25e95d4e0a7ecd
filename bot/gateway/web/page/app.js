// The page: what the person does, what the server says, and leaving in a hurry.

import * as api from "./api.js";
import { here, prepared } from "./attachments.js";
import * as bubbles from "./bubbles.js";
import { Listening } from "./listening.js";
import * as memory from "./memory.js";
import { Outgoing } from "./outgoing.js";
import * as view from "./view.js";
import { words } from "./words.js";

const ELSEWHERE = "https://www.baidu.com/s?wd=%E5%A4%A9%E6%B0%94";
const TWICE_WITHIN = 1500; // milliseconds between two presses of Escape
const SURE_WITHIN = 5000;
const READY_EVERY = 3000;
const PIECE = 4000; // characters of one message; the server takes 4096
const MOST_PIECES = 10;

const $ = (id) => document.getElementById(id);
const text = $("text");
const boxes = new Map(); // key of an item → its bubble
let talk = memory.holder();
let opening = null;
let gone = false;

// ---- the conversation

/** Use the conversation; open one if there is none, another if the server forgot it. */
async function withTalk(use) {
  const current = talk || (await begin(null));
  try {
    return await use(current);
  } catch (failure) {
    if (!failure.forgotten || gone) throw failure;
  }
  return use(await begin(current));
}

/** The conversation that takes the place of `old`; asked twice at once, still only one is opened. */
function begin(old) {
  if (talk && talk !== old) return Promise.resolve(talk);
  if (!opening) {
    opening = api.open().then((opened) => {
      if (old) {
        view.restart(false);
        view.note(words.forgotten);
      }
      talk = opened;
      memory.hold(opened);
      return opened;
    });
    opening = opening.finally(() => {
      opening = null;
    });
  }
  return opening;
}

function take(message) {
  if (gone) return;
  const answer = outgoing.items.find((item) => item.answers === message.id && item.state !== "refused");
  view.show(message, answer && answer.chose, (choice) => choose(message, choice));
}

async function poll() {
  const [asked, messages] = await withTalk((current) => Promise.all([current, api.since(current, view.newestId())]));
  if (asked === talk) messages.forEach(take);
  relieved();
}

// ---- saying

async function deliver(item) {
  view.typing(true);
  try {
    const replies = await withTalk((current) => {
      item.talk = current.conversation;
      return api.say(current, item);
    });
    view.typing(false);
    if (outgoing.items.includes(item)) replies.forEach(take); // not if the talk was cleared meanwhile
    relieved();
  } finally {
    view.typing(false);
  }
}

/** An item has a new state: show its bubble and what became of it. */
function changed(item, why) {
  if (gone) return;
  if (!boxes.has(item.key)) {
    boxes.set(item.key, bubbles.mine(item));
    view.add(boxes.get(item.key));
  }
  bubbles.fate(boxes.get(item.key), item, why, () => outgoing.send(), () => edit(item));
  if (item.answers) view.settle(item.answers, item.state === "refused" ? undefined : item.chose);
  if (why) troubled(why);
  view.follow();
}

function edit(item) {
  text.value = (text.value ? text.value + "\n" : "") + item.body.text;
  boxes.get(item.key).remove();
  outgoing.drop(item);
  typed();
  text.focus();
}

function choose(message, choice) {
  const body = { choice: choice.value };
  outgoing.add({ label: choice.label, body, answers: message.id, chose: choice.value, after: view.newestId() });
}

function write() {
  const parts = pieces(text.value);
  if (!parts.length) return;
  if (parts.length > MOST_PIECES) {
    tell(words.tooLong);
    return;
  }
  parts.forEach((part) => outgoing.add({ label: part, body: { text: part }, after: view.newestId() }));
  text.value = "";
  typed();
}

// A long text goes out as several messages, cut after a line or a sentence, never inside a character.
function pieces(whole) {
  const parts = [];
  let rest = whole.trim();
  while (rest.length > PIECE) {
    const head = rest.slice(0, PIECE);
    const sentence = Math.max(head.lastIndexOf("\n"), head.lastIndexOf("。"), head.lastIndexOf("！"), head.lastIndexOf("？"));
    let cut = sentence > PIECE / 2 ? sentence + 1 : PIECE;
    if (/[\uD800-\uDBFF]/.test(rest[cut - 1])) cut -= 1;
    parts.push(rest.slice(0, cut));
    rest = rest.slice(cut);
  }
  if (rest) parts.push(rest);
  return parts;
}

async function attach(name, input, label) {
  const chosen = input.files[0];
  if (!chosen) return;
  const file = await prepared(chosen);
  input.value = "";
  toggleExtras(false);
  if (file) outgoing.add({ label, media: { name, file }, after: view.newestId() });
  else tell(words.tooBig);
}

async function locate() {
  try {
    outgoing.add({ label: words.place, body: { location: await here() }, after: view.newestId() });
    toggleExtras(false);
  } catch {
    tell(words.noPlace);
  }
}

// ---- the parts around the talk

function tell(line) {
  $("state").textContent = line;
  $("state").hidden = !line;
  view.follow();
}

let trouble = "";
function troubled(line) {
  trouble = line;
  tell(line);
}

function relieved() {
  if (trouble && $("state").textContent === trouble) tell("");
  trouble = "";
}

function typed() {
  memory.remember("draft", text.value);
  text.style.height = "auto";
  text.style.height = Math.min(text.scrollHeight + 4, innerHeight * 0.3) + "px";
  view.follow();
}

function large(on) {
  document.documentElement.classList.toggle("large", on);
  $("larger").textContent = on ? words.usual : words.larger;
  $("larger").setAttribute("aria-pressed", String(on));
  memory.remember("large", on);
  typed();
}

function toggleExtras(open) {
  $("extras").hidden = !open;
  $("more").setAttribute("aria-expanded", String(open));
  view.follow();
}

// Erasing wants a second tap: it cannot be undone.
let sure = 0;
function clear() {
  const button = $("clear");
  if (!sure) {
    button.textContent = words.clearSure;
    sure = setTimeout(unsure, SURE_WITHIN);
    return;
  }
  unsure();
  memory.erase(false);
  outgoing.forget();
  talk = null;
  text.value = "";
  view.restart(true);
  view.note(words.cleared);
  toggleExtras(false);
  typed();
  listening.refresh();
}

function unsure() {
  clearTimeout(sure);
  sure = 0;
  $("clear").textContent = words.clear;
}

/** Say honestly what is still starting, until it is up. */
async function watchReady() {
  const parts = await api.ready().then(Object.values, () => []);
  const starting = parts.includes("starting");
  if (gone) return;
  if (starting) tell(words.starting);
  else if (parts.includes("down")) tell(words.partly);
  else if ([words.starting, words.partly].includes($("state").textContent)) tell("");
  if (starting) setTimeout(watchReady, READY_EVERY);
}

// ---- leaving

/** Away at once. What was already sent off may still arrive; nothing of it stays here. */
function leave() {
  if (gone) return;
  gone = true;
  listening.stop();
  if (talk) outgoing.waiting().filter((item) => !item.media).forEach((item) => api.sayAndGo(talk, item));
  outgoing.forget();
  memory.erase(true);
  text.value = "";
  document.title = words.elsewhere;
  document.body.textContent = "";
  location.replace(navigator.onLine === false ? "about:blank" : ELSEWHERE);
}

let escaped = 0;
function pressed(event) {
  if (event.key !== "Escape" || event.isComposing) return;
  toggleExtras(false);
  if (event.timeStamp - escaped < TWICE_WITHIN && escaped) leave();
  escaped = event.timeStamp;
}

// ---- start

const outgoing = new Outgoing(deliver, changed);
const lost = (failure) => troubled(failure.words || words.offline);
const listening = new Listening({ withTalk, newest: view.newestId, take, poll, lost });

/** Show what was said before a reload: ours from the server, theirs from this tab, in the order it happened. */
async function resume() {
  const before = outgoing.items.filter((item) => item.state !== "sent" || (talk && item.talk === talk.conversation));
  outgoing.items = before;
  const messages = talk ? await api.since(talk, 0).catch(() => []) : [];
  for (const message of messages) {
    before.filter((item) => !boxes.has(item.key) && item.after < message.id).forEach((item) => changed(item));
    take(message);
  }
  before.filter((item) => !boxes.has(item.key)).forEach((item) => changed(item));
}

async function start() {
  text.value = memory.recall("draft") || "";
  large(memory.recall("large") === true);
  tell("");
  watchReady();
  await resume();
  outgoing.send();
  listening.run();
}

$("write").addEventListener("submit", (event) => {
  event.preventDefault();
  write();
});
text.addEventListener("input", typed);
text.addEventListener("keydown", (event) => {
  // 229: the key belongs to the input method that is putting characters together.
  if (event.key !== "Enter" || event.shiftKey || event.isComposing || event.keyCode === 229) return;
  event.preventDefault();
  write();
});
$("larger").addEventListener("click", () => large(!document.documentElement.classList.contains("large")));
$("more").addEventListener("click", () => toggleExtras($("extras").hidden));
$("photo").addEventListener("change", (event) => attach("photo", event.target, words.photo));
$("voice").addEventListener("change", (event) => attach("voice", event.target, words.voice));
$("locate").addEventListener("click", locate);
$("clear").addEventListener("click", clear);
$("leave").addEventListener("click", leave);
addEventListener("keydown", pressed, true);
addEventListener("online", () => {
  outgoing.send();
  listening.refresh();
});
addEventListener("offline", () => troubled(words.offline));
document.addEventListener("visibilitychange", () => {
  if (!document.hidden) listening.refresh();
});
addEventListener("pageshow", (event) => {
  if (event.persisted) location.reload(); // a page out of the browser's own cache may show what was erased since
});
memory.onChangeElsewhere((now) => {
  if (!now) leave();
  else if (!talk || now.conversation !== talk.conversation) location.reload();
});
start();
