// The log: the order of what was said, and where it is scrolled to.

import * as bubbles from "./bubbles.js";

const LONG_PAUSE = 30 * 60 * 1000; // milliseconds
const ROOM = 10; // pixels left above what is scrolled to
const AWAY = 60; // pixels from where we scrolled to that mean the person is reading elsewhere

const log = document.getElementById("log");
const below = document.getElementById("below");
const dots = bubbles.typing();

let shown = new Map(); // message id → its row of choices, or null
let newest = 0;
let lastMoment = 0;
let anchor = document.getElementById("intro");
let away = false;
let holding = false;
let newestRow = null;

export function newestId() {
  return newest;
}

/** Show a message once, in the order of ids. `used` and `choose` as for bubbles.choices. */
export function show(message, used, choose) {
  if (shown.has(message.id)) return;
  if (message.edits && shown.has(message.edits)) return readsNow(message, used, choose);
  const box = bubbles.ours(message);
  const row = message.choices && message.choices.length ? bubbles.choices(message, used, choose) : null;
  const pieces = (row ? [box, row] : [box]).map((piece) => tagged(piece, message.id));
  const time = Date.parse(message.at);
  if (lastMoment && time - lastMoment > LONG_PAUSE) pieces.unshift(tagged(bubbles.moment(message.at), message.id));
  lastMoment = Math.max(lastMoment, time || 0);
  const readOn = !holding && !away && log.scrollTop > goal() + AWAY;
  const later = placeFor(message.id);
  pieces.forEach((piece) => log.insertBefore(piece, later));
  shown.set(message.id, row);
  if (row) quieten(message.id < newest ? row : newestRow);
  if (row && message.id > newest) newestRow = row;
  newest = Math.max(newest, message.id);
  // The first emergency since the person spoke stays in sight; other messages follow below it until it was read. Only
  // a human who takes over comes first: whoever waits behind a locked door must see that somebody is there.
  const danger = message.kind === "emergency" && !["emergency", "person"].some((one) => anchor.classList.contains(one));
  if (readOn || danger || message.kind === "person") anchor = box;
  follow();
}

/** An earlier message reads otherwise from now: it is changed where it stands. */
function readsNow(message, used, choose) {
  const now = { ...message, id: message.edits };
  const old = [...log.children].filter((child) => Number(child.dataset.id) === now.id && !child.matches(".moment"));
  const row = now.choices.length ? bubbles.choices(now, used, choose) : null;
  if (row && newestRow !== shown.get(now.id)) quieten(row);
  if (newestRow === shown.get(now.id)) newestRow = row;
  const pieces = (row ? [bubbles.ours(now), row] : [bubbles.ours(now)]).map((piece) => tagged(piece, now.id));
  if (old.length) old[0].before(...pieces);
  if (old.includes(anchor)) anchor = pieces[0];
  old.forEach((piece) => piece.remove());
  shown.set(now.id, row).set(message.id, null);
  newest = Math.max(newest, message.id);
}

function tagged(piece, id) {
  piece.dataset.id = id;
  return piece;
}

// Messages may overtake each other on the way; ids tell their order.
function placeFor(id) {
  const later = id < newest && [...log.children].find((child) => Number(child.dataset.id) > id);
  return later || (dots.parentNode ? dots : null);
}

// Only the newest buttons call for attention; older ones can still be tapped, the server says if they are too old.
function quieten(row) {
  if (row) row.classList.add("old");
}

/** Close (or with undefined reopen) the buttons of a message. */
export function settle(id, used) {
  if (shown.get(id)) bubbles.settleChoices(shown.get(id), used);
}

/** Add the bubble of what the person just said. */
export function add(box) {
  log.insertBefore(box, dots.parentNode ? dots : null);
  anchor = box;
  away = false;
  follow();
}

/** Begin reading at a message of the service, whatever was said before it. */
export function beginAt(id) {
  const box = log.querySelector(`[data-id="${id}"]`);
  if (!box) return;
  anchor = box;
  away = false;
  follow();
}

/** A quiet line of the page itself. */
export function note(text) {
  log.append(bubbles.element("p", "note", text));
  follow();
}

export function typing(on) {
  if (!on) dots.remove();
  else if (!dots.parentNode) log.append(dots);
  follow();
}

/** A new conversation: ids begin anew; with `clean` what was shown goes too. */
export function restart(clean) {
  shown = new Map();
  newest = 0;
  newestRow = null;
  lastMoment = 0;
  [...log.children].forEach((child) => {
    if (clean && child.id !== "intro") child.remove();
    else delete child.dataset.id;
  });
  log.querySelectorAll(".choices button").forEach((old) => {
    old.disabled = true;
  });
  if (clean) anchor = document.getElementById("intro");
}

function end() {
  return log.scrollHeight - log.clientHeight;
}

/** Do several things and scroll once. */
export function together(work) {
  holding = true;
  try {
    work();
  } finally {
    holding = false;
    follow();
  }
}

// As far down as possible, but never past what the reader should begin with.
function goal() {
  return Math.max(0, Math.min(end(), anchor.offsetTop - ROOM));
}

export function follow() {
  if (holding) return;
  if (!away) log.scrollTop = goal();
  below.hidden = end() - log.scrollTop < AWAY;
}

log.addEventListener("scroll", () => {
  away = Math.abs(log.scrollTop - goal()) > AWAY && end() - log.scrollTop > AWAY;
  below.hidden = end() - log.scrollTop < AWAY;
});
below.addEventListener("click", () => {
  log.scrollTop += log.clientHeight * 0.8;
});
addEventListener("resize", follow);
