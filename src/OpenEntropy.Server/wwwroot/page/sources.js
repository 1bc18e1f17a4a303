// The table of sources: its rows in the service's order, what is shown of them, and what changed.
import { find, show, write } from './dom.js';
import { onDraw, onEach, onShown } from './events.js';
import { getJson } from './http.js';
import { announce, notice } from './notice.js';
import { onAuthority } from './operator.js';
import { SourceRow } from './source-row.js';
import { isOn, stateWords } from './states.js';
import { onTheme } from './theme.js';

const refresh = 60_000;
const shown = {
  all: () => true,
  healthy: state => state === 'healthy',
  trouble: state => state === 'failed' || state === 'permanently_failed',
  on: isOn,
  off: state => !isOn(state),
};

const rows = new Map();
const states = new Map();
let order = '';
let authority = [false, null];

const watcher = new IntersectionObserver(entries => {
  for (const entry of entries) {
    const row = rows.get(entry.target.dataset.source);
    if (row) {
      row.visible = entry.isIntersecting;
      row.drawLine();
    }
  }
});

function rowOf(name) {
  let row = rows.get(name);
  if (!row) {
    row = new SourceRow(name, read);
    row.authorize(...authority);
    rows.set(name, row);
    watcher.observe(row.row);
  }

  return row;
}

function arrange(sources) {
  const names = sources.map(source => source.name);
  if (order === names.join('\n')) {
    return;
  }

  order = names.join('\n');
  for (const name of rows.keys()) {
    if (!names.includes(name)) {
      watcher.unobserve(rows.get(name).row);
      rows.delete(name);
    }
  }

  find('sources-rows').replaceChildren(...names.flatMap(name => [rowOf(name).row, rowOf(name).more]));
}

function filter() {
  const wanted = shown[find('sources-show').value];
  const text = find('sources-find').value.trim().toLowerCase();
  let some = false;
  for (const row of rows.values()) {
    const matches = text === '' || `${row.name} ${row.facts?.category ?? ''}`.toLowerCase().includes(text);
    const visible = matches && wanted(row.live?.state);
    show(row.row, visible);
    show(row.more, visible && row.title.getAttribute('aria-expanded') === 'true');
    some ||= visible;
  }

  show(find('sources-empty'), !some && rows.size > 0);
  write(find('sources-empty'), 'No source is like that now. Show all, or search for something else.');
}

function draw({ sources }) {
  arrange(sources);
  for (const source of sources) {
    rowOf(source.name).draw(source);
  }

  filter();
}

function tellChanges(sources) {
  const changed = [];
  for (const source of sources) {
    const { name, state } = source;
    const before = states.get(name);
    states.set(name, state);
    if (before !== undefined && before !== state) {
      changed.push(`${name}: ${stateWords[state] ?? state}`);
    }

    rows.get(name)?.remember(source);
  }

  if (changed.length > 0) {
    announce(changed.length > 3 ? `${changed.length} sources changed their state` : changed.join('; '));
  }
}

async function read() {
  try {
    for (const source of (await getJson('sources')).sources) {
      rowOf(source.name).know(source);
    }

    filter();
  } catch (error) {
    notice(`What the sources are could not be read: ${error.message}`, 'bad');
  }
}

/** Starts the panel. */
export function startSources() {
  onDraw('sources', draw);
  onEach('sources', ({ sources }) => tellChanges(sources));
  onDraw('hello', read);
  onEach('hello', () => rows.forEach(row => row.trail.push(null)));
  onShown(() => rows.forEach(row => row.drawLine()));
  onTheme(() => rows.forEach(row => row.drawLine()));
  onAuthority((...given) => {
    authority = given;
    rows.forEach(row => row.authorize(...given));
  });
  find('sources-show').addEventListener('change', filter);
  find('sources-find').addEventListener('input', filter);
  // Counters in the opened rows are read anew now and then, and what could not be read before; all else comes with the stream.
  setInterval(() => {
    if (!document.hidden && [...rows.values()].some(row => row.facts === null || !row.more.hidden)) {
      read();
    }
  }, refresh);
}
