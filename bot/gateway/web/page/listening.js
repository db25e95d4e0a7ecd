// Hearing what is said unasked: a stream of events where it gets through, else asking again and again.

import { listen } from "./api.js";

const SHORT_NAP = 1000;
const ASK_EVERY = 4000;
const STREAM_AGAIN_AFTER = 15; // rounds of asking before the stream is tried once more

export class Listening {
  /**
   * withTalk(use) runs use(talk) on the current conversation and renews a forgotten one.
   * newest() is the last message id seen; take(message) shows one; poll() asks for what is missing; lost(failure) is told.
   */
  constructor({ withTalk, newest, take, poll, lost }) {
    Object.assign(this, { withTalk, newest, take, poll, lost });
    this.control = null;
    this.stopped = false;
    this.deaf = 0; // rounds in which nothing came through the stream
    this.wake = () => undefined;
  }

  async run() {
    while (!this.stopped) {
      const worthIt = this.deaf < 2 || this.deaf % STREAM_AGAIN_AFTER === 0;
      this.deaf = worthIt && (await this.stream()) ? 0 : this.deaf + 1;
      if (this.stopped) return;
      try {
        await this.poll();
      } catch (failure) {
        this.lost(failure);
      }
      await this.nap(this.deaf ? ASK_EVERY : SHORT_NAP);
    }
  }

  /** Listen until the stream ends. True if anything came through it. */
  async stream() {
    let heard = false;
    const alive = () => {
      heard = true;
    };
    try {
      await this.withTalk((talk) => {
        this.control = new AbortController();
        return listen(talk, this.newest(), this.control, alive, this.take);
      });
    } catch {
      // The poll that follows tells what is wrong, if anything is.
    }
    return heard;
  }

  nap(time) {
    return new Promise((done) => {
      const timer = setTimeout(done, time);
      this.wake = () => {
        clearTimeout(timer);
        done();
      };
    });
  }

  /** Begin a fresh round now: the network or the person came back, or the conversation changed. */
  refresh() {
    this.deaf = 0;
    if (this.control) this.control.abort();
    this.wake();
  }

  stop() {
    this.stopped = true;
    this.refresh();
  }
}
