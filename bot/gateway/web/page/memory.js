// What is remembered where. On the phone: {conversation, token}, nothing else. In this tab, until it is closed or left:
// what the person said here (the server never sends that back), the words being typed, the size of the letters.

const HOLDER = "conversation";
let sealed = false;

function read(store, name) {
  try {
    return JSON.parse(store().getItem(name));
  } catch {
    return null; // no storage in this browser, or not ours
  }
}

function write(store, name, value) {
  if (sealed) return;
  try {
    store().setItem(name, JSON.stringify(value));
  } catch {
    // Storage is full or forbidden: the page goes on with what is in memory.
  }
}

function empty(store) {
  try {
    store().clear();
  } catch {
    // Nothing could be kept there in the first place.
  }
}

const phone = () => localStorage;
const tab = () => sessionStorage;

/** The conversation this phone holds: {conversation, token}, or null. */
export function holder() {
  const found = read(phone, HOLDER);
  return found && typeof found.conversation === "string" && typeof found.token === "string" ? found : null;
}

export function hold(opened) {
  write(phone, HOLDER, { conversation: opened.conversation, token: opened.token });
}

/** Something of this tab: "said", "draft" or "large". */
export function recall(name) {
  return read(tab, name);
}

export function remember(name, value) {
  write(tab, name, value);
}

/** Forget everything. With `forGood` nothing is written afterwards, whatever still arrives. */
export function erase(forGood) {
  sealed = sealed || forGood;
  empty(phone);
  empty(tab);
}

/** Call back when another tab of this phone forgot the talk (null) or began another one. */
export function onChangeElsewhere(changed) {
  addEventListener("storage", (event) => {
    if (event.key === HOLDER || event.key === null) changed(holder());
  });
}
