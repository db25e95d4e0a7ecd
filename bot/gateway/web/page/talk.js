// The conversation this phone holds: opened when it is first needed, opened anew when the server forgot it.

import * as api from "./api.js";
import * as memory from "./memory.js";

export class Talk {
  /** renewed() is called when another conversation takes the place of a forgotten one, before it is used. */
  constructor(renewed) {
    this.current = memory.holder();
    this.renewed = renewed;
    this.opening = null;
  }

  /** Run ask(conversation) and give its result; once more on a new conversation if the server forgot this one. */
  async use(ask) {
    const held = this.current || (await this.begin(null));
    try {
      return await ask(held);
    } catch (failure) {
      if (!failure.forgotten) throw failure;
    }
    return ask(await this.begin(held));
  }

  /** The conversation that takes the place of `old`; asked twice at once, still only one is opened. */
  begin(old) {
    if (this.current && this.current !== old) return Promise.resolve(this.current);
    if (!this.opening) {
      this.opening = this.open(old).finally(() => {
        this.opening = null;
      });
    }
    return this.opening;
  }

  async open(old) {
    const opened = await api.open();
    if (old) this.renewed();
    this.current = opened;
    memory.hold(opened);
    return opened;
  }

  /** Forget it; the next use opens another. */
  drop() {
    this.current = null;
  }
}
