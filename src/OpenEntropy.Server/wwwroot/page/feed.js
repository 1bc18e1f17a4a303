// The one stream of events for all panels: it connects, says what it is cut off from and why, and comes back by itself.
import { find, write } from './dom.js';
import { EventStream } from './event-stream.js';
import { onEach, take } from './events.js';
import { hasKey, onKey, useKey } from './key.js';
import { banner, notice } from './notice.js';
import { clock, sentence } from './text.js';

const silence = 6_000; // status comes each second
const usual = 2_000; // between attempts, where the service says nothing else
const longest = 8_000;
const unchanged = 60_000; // who was refused for who they are is refused again, until somebody does something
const patience = 60_000; // a hidden tab gives its connection back: a browser has few for each host

let stream = null;
let lastHeard = performance.now();
let lastTime = null;
let tries = 0;
let again = 0;
let retry = usual;
let onWanted = () => {};
let hello = null;
let sleep = 0;
let asleep = false;

/** Calls back when somebody wants to give the key that is missing. */
export function onKeyWanted(listener) {
  onWanted = listener;
}

function tell(state, text) {
  find('link').dataset.state = state;
  write(find('link-text'), text);
}

function alive() {
  tries = 0;
  tell('live', 'live');
  if (hello?.stale) {
    banner(`The service is now version ${hello.version}; this page came from ${hello.before}.`, 'Reload', () => location.reload());
  } else {
    banner(null);
  }
}

function gone() {
  const since = lastTime === null ? 'The service has not answered yet' : `The service is gone; what is shown is of ${clock(lastTime)}`;
  return `${since}. Reconnecting by itself; if that takes long, see whether it runs.`;
}

function lost(text = gone()) {
  tell('lost', 'reconnecting');
  banner(text, 'Try now', connect);
}

// Twice as long after each attempt in vain.
function comeBack(after = 0) {
  const pause = Math.max(after, Math.min(longest, retry * 2 ** Math.min(tries++, 8)));
  clearTimeout(again);
  again = setTimeout(connect, pause);
}

function refused({ status, message, retryAfter, isOurs }) {
  if (status === 401 && hasKey()) {
    notice(`The key was not taken: ${sentence(message)}`, 'bad');
    useKey(null); // and without it anew
  } else if (status === 401) {
    tell('lost', 'key needed');
    banner(`A key is needed to read what this service does: ${sentence(message)}`, 'Give a key', () => onWanted());
    comeBack(unchanged);
  } else if ((status === 503 || status === 429) && isOurs) {
    lost(`The service runs, but does not take this page now: ${sentence(message)} Trying again by itself.`);
    comeBack(1000 * retryAfter);
  } else if (status >= 200 && status < 500) {
    lost(`The stream of events was refused with ${status}: ${sentence(message)} Trying again by itself.`);
    comeBack(status === 403 ? unchanged : 0);
  } else {
    lost();
    comeBack();
  }
}

function ended(mine, refusal) {
  if (mine === stream && !asleep) {
    retry = mine.retry ?? retry;
    if (refusal !== null) {
      refused(refusal);
    } else {
      lost();
      comeBack();
    }
  }
}

function onHello(data) {
  const before = hello?.first ?? data.version;
  hello = { ...data, first: before, before, stale: before !== data.version };
}

function connect() {
  asleep = false;
  clearTimeout(again);
  stream?.close();
  lastHeard = performance.now();
  const mine = new EventStream('events', onEvent, refusal => ended(mine, refusal));
  stream = mine;
}

function onEvent(event, text) {
  lastHeard = performance.now();
  take(event, text);
  if (event === 'hello') {
    alive();
  }
}

// A connection that died without a word shows by its silence; one that is not made in time is made anew. Where none is, the next attempt is due anyway.
function watch() {
  const quiet = performance.now() - lastHeard;
  if (!asleep && !stream.hasEnded && quiet > silence) {
    lost();
    if (stream.isOpen || quiet > 2 * silence) {
      connect();
    }
  }
}

function rest() {
  clearTimeout(sleep);
  if (document.hidden) {
    sleep = setTimeout(() => {
      asleep = true;
      clearTimeout(again);
      stream.close();
    }, patience);
  } else if (asleep) {
    tell('connecting', 'connecting');
    connect();
  }
}

/** Connects, and stays connected while the page is looked at. */
export function startFeed() {
  onEach('hello', onHello);
  onEach('status', status => {
    lastTime = status.time;
  });
  document.addEventListener('visibilitychange', rest);
  onKey(connect);
  connect();
  rest(); // a tab may be opened in the background
  setInterval(watch, 2_000);
}
