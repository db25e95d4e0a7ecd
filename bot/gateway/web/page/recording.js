// Speaking instead of writing, where the browser can record. The microphone is open only between the two taps.

import { words } from "./words.js";

const LONGEST = 590; // seconds; the server takes ten minutes
const KINDS = ["audio/webm;codecs=opus", "audio/mp4", "audio/ogg;codecs=opus"];
const BITS = 24000;

const $ = (id) => document.getElementById(id);
let recorder = null;
let pieces = [];
let clock = 0;
let seconds = 0;
let done = () => undefined;

/** Whether this browser can record here; it cannot without https. */
export function possible() {
  return Boolean(navigator.mediaDevices && navigator.mediaDevices.getUserMedia && window.MediaRecorder);
}

/** Begin. `give` gets the recorded file when the person sends it. Rejects when the microphone may not be used. */
export async function start(give) {
  if (recorder) return;
  const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
  const mimeType = KINDS.find((kind) => MediaRecorder.isTypeSupported(kind));
  recorder = new MediaRecorder(stream, Object.assign({ audioBitsPerSecond: BITS }, mimeType ? { mimeType } : {}));
  const mine = [];
  pieces = mine;
  seconds = 0;
  done = give;
  recorder.ondataavailable = (event) => mine.push(event.data);
  recorder.start(1000);
  clock = setInterval(tick, 1000);
  show();
}

function tick() {
  seconds += 1;
  if (seconds >= LONGEST) stop();
  show();
}

function show() {
  const time = Math.floor(seconds / 60) + ":" + String(seconds % 60).padStart(2, "0");
  $("heard").textContent = (seconds >= LONGEST ? words.recordedFull : words.recording) + " " + time;
  $("recording").hidden = false;
}

// Gives the file; the last piece comes only after the recorder has stopped.
function stop() {
  clearInterval(clock);
  const one = recorder;
  return new Promise((ended) => {
    const end = () => {
      one.stream.getTracks().forEach((track) => track.stop());
      ended(new Blob(pieces, { type: one.mimeType.split(";")[0] }));
    };
    if (one.state === "inactive") return end();
    one.onstop = end;
    return one.stop();
  });
}

/** Stop and give what was said. */
export async function finish() {
  if (!recorder) return;
  const file = await stop();
  recorder = null;
  $("recording").hidden = true;
  if (file.size) done(file);
}

/** Stop at once; nothing of it stays. */
export function drop() {
  if (!recorder) return;
  stop();
  recorder = null;
  pieces = [];
  $("recording").hidden = true;
}
