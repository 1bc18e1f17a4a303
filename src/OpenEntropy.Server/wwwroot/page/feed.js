// The one stream of events for all panels. Panels are called once a frame with the latest of each event, and never while the tab is hidden.
import { find, write } from './dom.js';
import { banner } from './notice.js';
import { whyRefused } from './refusal.js';
import { clock } from './text.js';

const silence = 6_000; // status comes each second
const pauses = [2_000, 4_000, 8_000];
const mostLines = 2_000;
const patience = 60_000; // a hidden tab gives its connection back: a browser has few for each host

const drawn = new Map();
const at = new Map();
const latest = new Map();
const lines = [];
let source = null;
let wanted = false;
let lastHeard = performance.now();
let lastTime = null;
let tries = 0;
let again = 0;
let hello = null;
let sleep = 0;
let asleep = false;

/** Calls back in a frame with the latest data of an event (log: with all lines since the last call). */
export function onDraw(event, listener) {
  drawn.set(event, [...(drawn.get(event) ?? []), listener]);
}

/** Calls back with each event as it comes, also in a hidden tab. */
export function onEach(event, listener) {
  at.set(event, [...(at.get(event) ?? []), listener]);
}

/** Calls back when the page can be seen again. */
export function onShown(listener) {
  document.addEventListener('visibilitychange', () => document.hidden || listener());
}

// A panel that fails stops no other, and does not get again what it failed on.
function call(listeners, data) {
  for (const listener of listeners ?? []) {
    try {
      listener(data);
    } catch (error) {
      console.error(error);
    }
  }
}

function draw() {
  wanted = false;
  const events = [...latest];
  latest.clear();
  for (const [event, data] of events) {
    call(drawn.get(event), data);
  }

  if (lines.length > 0) {
    call(drawn.get('log'), lines.splice(0));
  }
}

// A hidden tab gets no frames: what comes is kept, the newest of each, and drawn when it is seen again.
function wake() {
  if (!wanted) {
    wanted = true;
    requestAnimationFrame(draw);
  }
}

function take(event, text) {
  lastHeard = performance.now();
  const data = JSON.parse(text);
  if (event === 'log') {
    lines.push(...data.lines);
    lines.splice(0, Math.max(0, lines.length - mostLines));
  } else {
    latest.set(event, data);
  }

  call(at.get(event), data);
  wake();
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

// A refusal ends the browser's own attempts. It is told of once the reason is known: what is said is read aloud each time it changes.
async function refused(mine) {
  tell('lost', 'reconnecting');
  const why = await whyRefused();
  if (mine === source && !asleep) {
    if (why !== '') {
      lost(why ?? gone());
    }

    again = setTimeout(connect, pauses[Math.min(tries++, pauses.length - 1)]);
  }
}

function onHello(data) {
  const before = hello?.first ?? data.version;
  hello = { ...data, first: before, before, stale: before !== data.version };
}

function connect() {
  asleep = false;
  clearTimeout(again);
  source?.close();
  lastHeard = performance.now();
  source = new EventSource('events');
  for (const event of ['hello', 'log', 'status', 'sources', 'output']) {
    source.addEventListener(event, message => {
      take(event, message.data);
      if (event === 'hello') {
        alive();
      }
    });
  }

  const mine = source;
  source.addEventListener('error', () => {
    if (mine.readyState === EventSource.CLOSED) {
      refused(mine);
    } else {
      lost();
    }
  });
}

// A connection that died without a word shows by its silence; one that is not made in time is made anew.
function watch() {
  const quiet = performance.now() - lastHeard;
  if (!asleep && source.readyState !== EventSource.CLOSED && quiet > silence) {
    lost();
    if (source.readyState === EventSource.OPEN || quiet > 2 * silence) {
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
      source.close();
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
  connect();
  rest(); // a tab may be opened in the background
  setInterval(watch, 2_000);
}
