// The chat API and nothing else. Whatever goes wrong is a Failure, with the server's own sentence where it gave one.

import { words } from "./words.js";

const ANSWER_WITHIN = 30000; // milliseconds; the server gives up earlier and says so
const UPLOAD_STUCK = 60000; // not one more byte of a file went out, or no answer came, for so long
const FIRST_BYTE_WITHIN = 10000; // a proxy that holds events back is found out by this
const SILENCE_AT_MOST = 50000; // the server says something at least every 20 seconds

export class Failure extends Error {
  /** status 0: no answer of the server. words: the sentence to show. wait: milliseconds it asked to wait. */
  constructor(status, detail, wait) {
    super("status " + status);
    this.status = status;
    this.words = detail || (status ? words.ourFault : words.offline);
    this.wait = wait || 0;
  }

  /** The server does not know this conversation any more. */
  get forgotten() {
    return this.status === 401 || this.status === 404;
  }

  /** Trying again later may help. */
  get passing() {
    return this.status === 0 || this.status === 408 || this.status === 429 || this.status >= 500;
  }
}

// Only an answer in the server's own form counts: a captive portal's 404 must not end a conversation.
async function failure(answer) {
  const ours = (answer.headers.get("Content-Type") || "").startsWith("application/problem+json");
  if (!ours) return new Failure(answer.status >= 500 ? answer.status : 0);
  const told = await answer.json().catch(() => ({}));
  return new Failure(answer.status, String(told.detail || ""), Number(answer.headers.get("Retry-After")) * 1000);
}

function plain(options) {
  return Object.assign({ cache: "no-store", credentials: "omit", referrerPolicy: "no-referrer" }, options);
}

async function ask(path, options) {
  const control = new AbortController();
  const timer = setTimeout(() => control.abort(), ANSWER_WITHIN);
  try {
    const answer = await fetch(path, plain(Object.assign({ signal: control.signal }, options)));
    if (!answer.ok) throw await failure(answer);
    return await answer.json();
  } catch (error) {
    throw error instanceof Failure ? error : new Failure(0);
  } finally {
    clearTimeout(timer);
  }
}

function address(talk, tail) {
  return "api/conversations/" + encodeURIComponent(talk.conversation) + tail;
}

function bearer(talk, more) {
  return Object.assign({ Authorization: "Bearer " + talk.token }, more);
}

/** Start a conversation: {conversation, token}. */
export function open() {
  return ask("api/conversations", { method: "POST" });
}

/** The self-check on one page; a Failure when it is gone. */
export function sheet(talk) {
  return ask(address(talk, "/sheet"), { headers: bearer(talk) });
}

/** The picture of a message as the address of an image; null when it cannot be had. */
export async function picture(talk, id) {
  const answer = await fetch(address(talk, "/messages/" + id + "/picture"), plain({ headers: bearer(talk) })).catch(() => null);
  return answer && answer.ok ? URL.createObjectURL(await answer.blob()) : null;
}

/** The request that says words, a choice or a place. `item`: {key, body}. */
function saying(talk, item) {
  const headers = bearer(talk, { "Idempotency-Key": item.key, "Content-Type": "application/json" });
  // keepalive: what was sent just before leaving the page still arrives.
  return { method: "POST", headers, body: JSON.stringify(item.body), keepalive: true };
}

/** Say one thing; gives the list of replies. `progress` is told which share of a file has gone out. */
export async function say(talk, item, progress) {
  if (item.media) return (await upload(talk, item, progress)).replies;
  return (await ask(address(talk, "/messages"), saying(talk, item))).replies;
}

// A file may take minutes on a slow network, and only this old way of asking tells how far it is.
function upload(talk, item, progress) {
  return new Promise((done, failed) => {
    const request = new XMLHttpRequest();
    let timer = 0;
    const moving = () => {
      clearTimeout(timer);
      timer = setTimeout(() => request.abort(), UPLOAD_STUCK);
    };
    request.upload.onprogress = (event) => {
      moving();
      if (event.lengthComputable) progress(event.loaded / event.total);
    };
    request.onloadend = () => {
      clearTimeout(timer);
      const answer = new Response(request.responseText, { status: request.status || 599, headers: kept(request) });
      if (request.status === 200) answer.json().then(done, () => failed(new Failure(0)));
      else failure(answer).then((found) => failed(request.status ? found : new Failure(0)));
    };
    request.open("POST", address(talk, "/messages"));
    Object.entries(bearer(talk, { "Idempotency-Key": item.key })).forEach(([name, value]) => {
      request.setRequestHeader(name, value);
    });
    const form = new FormData();
    form.append(item.media.name, item.media.file, item.media.name);
    moving();
    request.send(form);
  });
}

function kept(request) {
  const found = {};
  for (const name of ["Content-Type", "Retry-After"]) {
    if (request.getResponseHeader(name)) found[name] = request.getResponseHeader(name);
  }
  return found;
}

/** Say one thing while the page goes away: no answer is awaited. */
export function sayAndGo(talk, item) {
  fetch(address(talk, "/messages"), plain(saying(talk, item))).catch(() => undefined);
}

/** Everything said to this conversation after message id `after`. */
export async function since(talk, after) {
  return (await ask(address(talk, "/messages?after=" + after), { headers: bearer(talk) })).messages;
}

/** The state of each part: {database: "ok" | "starting" | "down", ...}. It answers 503 while not everything is ok. */
export async function ready() {
  const answer = await fetch("ready", plain({}));
  return answer.json();
}

/**
 * Read server-sent events after message id `after` until the stream ends. Throws Failure.
 * `alive` is called whenever anything arrives, `take` with each message.
 */
export async function listen(talk, after, control, alive, take) {
  let timer = setTimeout(() => control.abort(), FIRST_BYTE_WITHIN);
  try {
    const headers = bearer(talk, { Accept: "text/event-stream", "Last-Event-ID": String(after) });
    const answer = await fetch(address(talk, "/events"), plain({ headers, signal: control.signal }));
    if (!answer.ok) throw await failure(answer);
    const reader = answer.body.getReader();
    const decoder = new TextDecoder();
    let rest = "";
    for (;;) {
      const piece = await reader.read();
      if (piece.done) return;
      alive();
      clearTimeout(timer);
      timer = setTimeout(() => control.abort(), SILENCE_AT_MOST);
      const blocks = (rest + decoder.decode(piece.value, { stream: true })).split(/\r?\n\r?\n/);
      rest = blocks.pop();
      for (const block of blocks) {
        const data = block.split(/\r?\n/).filter((line) => line.startsWith("data:")).map((line) => line.slice(5));
        if (data.length) take(JSON.parse(data.join("\n")));
      }
    }
  } catch (error) {
    throw error instanceof Failure ? error : new Failure(0);
  } finally {
    clearTimeout(timer);
  }
}
