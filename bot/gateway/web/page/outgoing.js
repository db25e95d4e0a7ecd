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
  /** deliver(item) resolves when answered or throws a Failure; changed(item) is told of each new state. */
  constructor(deliver, changed) {
    this.deliver = deliver;
    this.changed = changed;
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

  /** Try everything that waits, now. */
  send() {
    clearTimeout(this.timer);
    this.run("words");
    this.run("media");
  }

  async run(lane) {
    if (this.busy[lane]) return;
    this.busy[lane] = true;
    let item;
    while ((item = this.waiting().find((one) => Boolean(one.media) === (lane === "media")))) {
      try {
        await this.deliver(item);
        this.tries = 0;
        this.settle(item, "sent", "");
      } catch (failure) {
        if (failure.passing || failure.forgotten) {
          this.again(item, failure);
          break;
        }
        this.settle(item, "refused", failure.words || words.refused);
      }
    }
    this.busy[lane] = false;
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
    item.why = failure.words || words.offline;
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
