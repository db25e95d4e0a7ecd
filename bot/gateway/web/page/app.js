// The page: what the person does, what the server says, and leaving in a hurry.

import * as api from "./api.js";
import { here, prepared } from "./attachments.js";
import * as bubbles from "./bubbles.js";
import * as composer from "./composer.js";
import { Listening } from "./listening.js";
import * as memory from "./memory.js";
import { Outgoing } from "./outgoing.js";
import * as recording from "./recording.js";
import { Talk } from "./talk.js";
import * as view from "./view.js";
import { words } from "./words.js";

const ELSEWHERE = "https://www.baidu.com/s?wd=%E5%A4%A9%E6%B0%94";
const INVITE = "invite:"; // a code that came with the address
const TWICE_WITHIN = 1500; // milliseconds between two presses of Escape
const SURE_WITHIN = 5000; // milliseconds
const READY_EVERY = 3000; // milliseconds

const $ = (id) => document.getElementById(id);
const boxes = new Map(); // key of an item → its bubble
const talk = new Talk(() => {
  view.restart(false);
  view.note(words.forgotten);
});
const outgoing = new Outgoing({ deliver, answered, changed });
const listening = new Listening({ withTalk: (ask) => talk.use(ask), newest: view.newestId, take, poll, lost });
let gone = false;

// ---- hearing

function take(message) {
  if (gone) return;
  const answer = outgoing.items.find((item) => item.answers === message.id && item.state !== "refused");
  view.show(message, answer && answer.chose, (choice) => choose(message, choice));
}

async function poll() {
  const [asked, messages] = await talk.use((held) => Promise.all([held, api.since(held, view.newestId())]));
  if (asked === talk.current) view.together(() => messages.forEach(take)); // not if the talk was cleared meanwhile
  relieved();
}

function lost(failure) {
  troubled(failure.words);
}

// ---- saying

async function deliver(item) {
  view.typing(true);
  try {
    return await talk.use((held) => {
      item.talk = held.conversation;
      return api.say(held, item, (share) => {
        if (!gone && item.state === "waiting") bubbles.progress(boxes.get(item.key), share);
      });
    });
  } finally {
    view.typing(false);
  }
}

function answered(item, replies) {
  if (outgoing.items.includes(item)) view.together(() => replies.forEach(take));
  const code = item.body && item.body.choice && item.body.choice.startsWith(INVITE);
  if (code && replies.length) view.beginAt(replies[0].id);
  relieved();
}

/** An item has a new state: show its bubble and what became of it. `why` it still waits, if it was tried. */
function changed(item, why) {
  if (gone) return;
  if (!boxes.has(item.key)) {
    boxes.set(item.key, bubbles.mine(item));
    view.add(boxes.get(item.key));
  }
  bubbles.fate(boxes.get(item.key), item, why, () => outgoing.send(), () => takeBack(item));
  if (item.answers) view.settle(item.answers, item.state === "refused" ? undefined : item.chose);
  if (why) troubled(why);
  view.follow();
}

function takeBack(item) {
  boxes.get(item.key).remove();
  outgoing.drop(item);
  composer.giveBack(item.body.text);
}

function say(label, what) {
  outgoing.add(Object.assign({ label, after: view.newestId() }, what));
}

function choose(message, choice) {
  say(choice.label, { body: { choice: choice.value }, answers: message.id, chose: choice.value });
}

function write(parts) {
  if (parts) parts.forEach((part) => say(part, { body: { text: part } }));
  else tell(words.tooLong);
}

function chosen(name, input, label) {
  const file = input.files[0];
  toggleExtras(false);
  // What the browser gave stays readable after the field is emptied, so that the same file may be chosen again.
  if (file) attach(name, file, label).then(() => (input.value = ""));
}

async function attach(name, original, label) {
  const file = await prepared(original);
  if (gone) return;
  if (file) say(label, { media: { name, file } });
  else tell(words.tooBig);
}

async function record() {
  toggleExtras(false);
  try {
    await recording.start((file) => attach("voice", file, words.voice));
    view.follow();
  } catch {
    $("record").hidden = true;
    $("pick").hidden = false;
    tell(words.noMicrophone);
  }
}

async function locate() {
  try {
    say(words.place, { body: { location: await here() } });
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

function large(on) {
  document.documentElement.classList.toggle("large", on);
  $("larger").textContent = on ? words.usual : words.larger;
  memory.remember("large", on);
  composer.grow();
}

function toggleExtras(open) {
  $("extras").hidden = !open;
  $("more").setAttribute("aria-expanded", String(open));
  view.follow();
}

// Erasing wants a second tap: it cannot be undone.
let sure = 0;
function clear() {
  if (!sure) {
    $("clear").textContent = words.clearSure;
    sure = setTimeout(unsure, SURE_WITHIN);
    return;
  }
  unsure();
  recording.drop();
  memory.erase(false);
  outgoing.forget();
  talk.drop();
  view.restart(true);
  view.note(words.cleared);
  composer.put("");
  toggleExtras(false);
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
  else if ($("state").textContent === words.starting) tell("");
  if (starting) setTimeout(watchReady, READY_EVERY);
}

// iOS lays its keyboard over the page: shrink to what is seen, so that the numbers and the exit stay in view.
function fit() {
  if (visualViewport.scale > 1.01) return; // zoomed by the person
  document.body.style.height = visualViewport.height + "px";
  scrollTo(0, 0);
  view.follow();
}

// ---- leaving

/** Away at once. What was sent off may still arrive; nothing of it stays here. */
function leave() {
  if (gone) return;
  gone = true;
  recording.drop();
  listening.stop();
  if (talk.current) outgoing.unsentWords().forEach((item) => api.sayAndGo(talk.current, item));
  outgoing.forget();
  memory.erase(true);
  composer.put("");
  document.title = words.elsewhere;
  document.body.textContent = "";
  location.replace(navigator.onLine === false ? "about:blank" : ELSEWHERE);
}

let escaped = 0;
function pressed(event) {
  if (event.key !== "Escape" || event.isComposing) return;
  toggleExtras(false);
  if (escaped && event.timeStamp - escaped < TWICE_WITHIN) leave();
  escaped = event.timeStamp;
}

// ---- start

/** Show what was said before a reload: ours from the server, theirs from this tab, in the order it happened. */
async function resume() {
  const held = talk.current;
  const messages = held ? await api.since(held, 0).catch(() => []) : [];
  const mine = outgoing.resumeIn(held);
  const showMine = (before) => {
    mine.filter((item) => !boxes.has(item.key) && item.after < before).forEach((item) => changed(item));
  };
  view.together(() => {
    for (const message of messages) {
      showMine(message.id);
      take(message);
    }
    showMine(Infinity);
    if (messages.length > 1 && !mine.length) view.note(words.resumed);
  });
}

/** A link of the child director carries a one-time code: taken once, and out of the address at once. */
function invited() {
  const found = /^#invite=([0-9A-Za-z]{12})$/.exec(location.hash);
  if (!found) return;
  history.replaceState(null, "", location.pathname);
  say(words.invited, { body: { choice: INVITE + found[1].toUpperCase() } });
}

async function start() {
  composer.begin(write, view.follow);
  $("record").hidden = !recording.possible();
  $("pick").hidden = recording.possible();
  large(memory.recall("large") === true);
  tell("");
  watchReady();
  await resume();
  invited();
  outgoing.send();
  listening.run();
}

$("larger").addEventListener("click", () => large(!document.documentElement.classList.contains("large")));
$("more").addEventListener("click", () => toggleExtras($("extras").hidden));
$("photo").addEventListener("change", (event) => chosen("photo", event.target, words.photo));
$("voice").addEventListener("change", (event) => chosen("voice", event.target, words.voice));
$("file").addEventListener("change", (event) => chosen("file", event.target, words.file));
$("record").addEventListener("click", record);
$("recorded").addEventListener("click", () => recording.finish());
$("unrecorded").addEventListener("click", () => recording.drop());
$("locate").addEventListener("click", locate);
$("clear").addEventListener("click", clear);
$("leave").addEventListener("click", leave);
addEventListener("keydown", pressed, true);
addEventListener("hashchange", invited);
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
if (window.visualViewport) visualViewport.addEventListener("resize", fit);
memory.onChangeElsewhere((now) => {
  if (!now) leave();
  else if (!talk.current || now.conversation !== talk.current.conversation) location.reload();
});
start();
