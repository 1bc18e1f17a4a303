// The tail of the log: from a level up, with a text in it, and held while it is read.
import { find, make, show, write } from './dom.js';
import { onDraw, onEach } from './events.js';
import { clock } from './text.js';

const levels = ['trace', 'debug', 'information', 'warning', 'error', 'critical'];
const words = ['trace', 'debug', 'info', 'warning', 'error', 'critical'];
const kept = 1_000;
const near = 40; // pixels from the end that still count as the end

const all = [];
let waiting = [];
let paused = false;
let again = false;

const keyOf = line => `${line.time}\n${line.category}\n${line.message}`;

function matches(line) {
  const text = find('log-find').value.trim().toLowerCase();
  return levels.indexOf(line.level) >= Number(find('log-level').value) && (text === '' || `${line.category} ${line.message}`.toLowerCase().includes(text));
}

function item(line) {
  return make(
    'li',
    { 'data-level': line.level },
    make('time', { dateTime: line.time, title: line.time }, clock(line.time)),
    make('span', { class: 'level' }, words[levels.indexOf(line.level)] ?? line.level),
    make('span', { class: 'message' }, line.message, ' ', make('span', { class: 'muted' }, line.category)),
  );
}

function note(shown) {
  const some = all.length > 0;
  write(find('log-empty'), some ? 'No line is like that. Choose a lower level or another text.' : 'No line yet.');
  show(find('log-empty'), shown === 0);
  const held = paused ? ` Paused; ${waiting.length} new ${waiting.length === 1 ? 'line waits' : 'lines wait'}.` : '';
  write(find('log-note'), `${shown} of ${all.length} lines shown, the latest last.${held}`);
}

function redraw() {
  const list = find('log-lines');
  list.replaceChildren(...all.filter(matches).map(item));
  find('log-scroll').scrollTop = find('log-scroll').scrollHeight;
  note(list.children.length);
}

function add(lines) {
  const list = find('log-lines');
  const region = find('log-scroll');
  const atEnd = region.scrollHeight - region.scrollTop - region.clientHeight < near;
  all.push(...lines);
  const gone = all.splice(0, Math.max(0, all.length - kept)).filter(matches).length;
  for (let index = 0; index < gone; index++) {
    list.firstChild?.remove();
  }

  list.append(...lines.slice(-kept).filter(matches).map(item));
  if (atEnd) {
    region.scrollTop = region.scrollHeight;
  }

  note(list.children.length);
}

// After a reconnect the latest lines come again: those that are here already are passed over.
function take(lines) {
  const known = new Set(again ? [...all, ...waiting].map(keyOf) : []);
  const fresh = lines.filter(line => !known.has(keyOf(line)));
  again = false;
  if (paused) {
    waiting = [...waiting, ...fresh].slice(-kept);
    note(find('log-lines').children.length);
  } else {
    add(fresh);
  }
}

function pause() {
  const button = find('log-pause');
  paused = !paused;
  button.setAttribute('aria-pressed', String(paused));
  write(button, paused ? 'Go on' : 'Pause');
  add(paused ? [] : waiting.splice(0));
}

/** Starts the panel. */
export function startLog() {
  onEach('hello', () => {
    again = true;
  });
  onDraw('log', take);
  find('log-level').addEventListener('change', redraw);
  find('log-find').addEventListener('input', redraw);
  find('log-pause').addEventListener('click', pause);
}
