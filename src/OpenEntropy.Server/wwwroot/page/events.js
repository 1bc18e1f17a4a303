// Who is told of events, and when: panels are called once a frame with the latest of each event, and never while the tab is hidden.
const mostLines = 2_000;

const drawn = new Map();
const at = new Map();
const latest = new Map();
const lines = [];
let wanted = false;

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

/** Takes an event. */
export function take(event, text) {
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
