// What the person said and what became of it. Nothing said is lost by a bad network or a reload: every item carries one
// Idempotency-Key for life and waits here until the server has answered.
//
// item: {key, label, body, media?, answers?, after, talk?, state, why?}
//   label  what its bubble shows          body     what is sent; gone once it is delivered
//   after  newest message id when it was said          answers  id of the message whose button it was
//   talk   conversation it was delivered to            state    "waiting" | "sent" | "refused"

import { recall, remember } from "./memory.js";
import { words } from "./words.js";

const RETRY_AFTER = [1000, 2000, 4000, 8000, 16000, 30000];

function newKey() {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

export class Outgoing {
  /**
   * deliver(item) gives the replies or throws a Failure; answered(item, replies) shows them;
   * changed(item, why) is told of each new state and of each failed try.
   */
  constructor({ deliver, answered, changed }) {
    Object.assign(this, { deliver, answered, changed });
    this.items = (recall("said") || []).map(revived);
    this.timer = 0;
    this.tries = 0;
    // Two lanes: a big picture on a slow network must not hold back words.
    this.busy = { words: false, media: false };
  }

  /** Keep a new item and send it. `what`: {label, after, body} or {label, after, media}, optional answers. */
  add(what) {
    const item = Object.assign({ key: newKey(), state: "waiting" }, what);
    this.items.push(item);
    this.keep();
    this.changed(item);
    this.send();
  }

  waiting() {
    return this.items.filter((item) => item.state === "waiting");
  }

  /** What still waits and needs no file. */
  unsentWords() {
    return this.waiting().filter((item) => !item.media);
  }

  /** After a reload: keep what belongs to this conversation or was never delivered; gives it in order. */
  resumeIn(talk) {
    this.items = this.items.filter((item) => item.state !== "sent" || (talk && item.talk === talk.conversation));
    return this.items;
  }

  /** Try everything that waits, now. */
  send() {
    clearTimeout(this.timer);
    this.run("words");
    this.run("media");
  }

  async run(lane) {
    if (this.busy[lane]) return;
    this.busy[lane] = true;
    const next = () => this.waiting().find((item) => Boolean(item.media) === (lane === "media"));
    try {
      let item = next();
      while (item && (await this.attempt(item))) item = next();
    } finally {
      this.busy[lane] = false;
    }
  }

  /** True if the server has decided about the item, so that the next one may go. */
  async attempt(item) {
    let replies;
    try {
      replies = await this.deliver(item);
    } catch (failure) {
      // A server that forgets a conversation twice in a row is in trouble; that passes too.
      if (failure.passing || failure.forgotten) this.again(item, failure);
      else this.settle(item, "refused", failure.words);
      return item.state === "refused";
    }
    this.tries = 0;
    this.settle(item, "sent", "");
    this.answered(item, replies);
    return true;
  }

  settle(item, state, why) {
    item.state = state;
    item.why = why;
    if (state === "sent") delete item.body;
    delete item.media;
    this.keep();
    this.changed(item);
  }

  again(item, failure) {
    item.why = failure.words;
    this.waiting().forEach((one) => this.changed(one, item.why));
    const pause = RETRY_AFTER[Math.min(this.tries, RETRY_AFTER.length - 1)];
    this.tries += 1;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.send(), Math.max(pause, Math.min(failure.wait, 30000)));
  }

  drop(item) {
    this.items = this.items.filter((one) => one !== item);
    this.keep();
  }

  forget() {
    clearTimeout(this.timer);
    this.items = [];
  }

  keep() {
    remember("said", this.items.map((item) => Object.assign({}, item, { media: item.media ? { lost: true } : undefined })));
  }
}

// A file does not survive a reload: say so instead of waiting for ever.
function revived(item) {
  if (item.state !== "waiting" || !item.media) return item;
  return Object.assign(item, { state: "refused", why: words.chooseAgain, media: undefined });
}
