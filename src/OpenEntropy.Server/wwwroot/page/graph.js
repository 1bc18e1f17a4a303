// The graph of raw against conditioned entropy: its choices, its legend and its words.
import { find, make, show, write } from './dom.js';
import { onDraw, onShown } from './events.js';
import { makePlot } from './plot.js';
import { Series } from './series.js';
import { clock, decimal } from './text.js';
import { onTheme } from './theme.js';

const names = { shannon: 'Shannon entropy', min: 'Min-entropy', collision: 'Collision entropy' };
const slowest = 30_000;
const jump = 3; // seconds between two points that are no usual pause
const pause = 10_000;

let series = new Series(5, null);
let plot = null;
let wish = 0;
let timer = 0;
let latest = null;
let pointed = null;
let reread = -pause;

const chosen = name => document.querySelector(`input[name="${name}"]:checked`).value;
const measure = () => chosen('measure');
const now = () => series.time.at(-1) ?? Date.now() / 1000;

function value(list) {
  return list[pointed ?? list.length - 1] ?? null;
}

function legend() {
  const raw = value(series.raw[measure()]);
  const conditioned = value(series.conditioned[measure()]);
  const unit = number => (number === null ? '–' : `${decimal(number)} bits/byte`);
  write(find('legend-raw'), unit(raw));
  write(find('legend-conditioned'), unit(conditioned));
  write(find('legend-time'), series.time.length > 0 ? `at ${clock(1000 * (series.time[pointed ?? series.time.length - 1]))}` : '');
}

function draw() {
  plot ??= makePlot(
    find('plot'),
    () => [now() - series.minutes * 60, now()],
    index => {
      pointed = index;
      legend();
    },
  );
  plot.setData(series.data(measure()));
  legend();
  const last = list => decimal(list.at(-1));
  find('plot').setAttribute(
    'aria-label',
    `${names[measure()]} of ${series.source ?? 'all credited sources'} over the latest ${series.minutes} minutes; ` +
      `latest: raw ${last(series.raw[measure()])}, conditioned ${last(series.conditioned[measure()])} bits per byte`,
  );
}

function tell(text, retry = false) {
  const note = find('plot-note');
  write(note, text ?? '');
  show(note, text !== null);
  if (retry) {
    const button = make('button', { type: 'button', class: 'quiet' }, 'Try again');
    button.addEventListener('click', load);
    note.append(' ', button);
  }
}

async function load() {
  clearTimeout(timer);
  const mine = ++wish;
  const minutes = Number(chosen('minutes'));
  const source = find('graph-source').value || null;
  let next = pause;
  try {
    const loaded = await Series.load(minutes, source);
    if (mine !== wish) {
      return;
    }

    series = loaded;
    next = minutes > 5 ? Math.min(slowest, Math.max(5000, 1000 * series.step)) : null; // the shortest moves with the stream
    tell(series.isEmpty(measure()) ? 'Nothing was measured in this time yet. Points come each second once samples are there.' : null);
    requestAnimationFrame(draw);
  } catch (error) {
    if (mine === wish) {
      tell(`No history: ${error.message}.`, true);
    }
  }

  if (mine === wish && next !== null) {
    timer = setTimeout(() => document.hidden || load(), next);
  }
}

// The shortest span moves with the stream; the others are means, and are read again.
function live(raw, conditioned) {
  if (latest === null || series.minutes !== 5) {
    return;
  }

  // After a jump of the service's clock, or a pause, the history knows better where points belong.
  if (series.time.length > 0 && Math.abs(latest - series.time.at(-1)) > jump) {
    if (performance.now() - reread > pause) {
      reread = performance.now();
      load();
    }

    return;
  }

  series.add(latest, raw, conditioned);
  if (!series.isEmpty(measure()) && !find('plot-note').querySelector('button')) {
    tell(null);
  }

  draw();
}

function fill({ sources }) {
  const select = find('graph-source');
  const wanted = sources.map(source => source.name);
  if (select.dataset.names !== wanted.join('\n')) {
    const before = select.value;
    select.dataset.names = wanted.join('\n');
    select.replaceChildren(
      make('option', { value: '' }, 'all credited sources'),
      ...wanted.map(name => make('option', { value: name }, name)),
    );
    select.value = wanted.includes(before) ? before : '';
  }
}

function onSources(body) {
  fill(body);
  const own = series.source && body.sources.find(source => source.name === series.source);
  if (own) {
    // As the history has it: a gap while nothing good is measured, not the figures of before.
    const measured = own.healthy && own.bytes > 0;
    live(measured ? { shannon: own.entropy, min: own.min_entropy, collision: own.collision_entropy } : null, conditionedNow);
  }
}

let conditionedNow = null;

function onStatus({ time, entropy }) {
  latest = Date.parse(time) / 1000;
  conditionedNow = entropy.conditioned;
  if (series.source === null) {
    live(entropy.raw, entropy.conditioned);
  }
}

/** Starts the panel. */
export function startGraph() {
  find('graph-measure').addEventListener('change', draw);
  find('graph-minutes').addEventListener('change', load);
  find('graph-source').addEventListener('change', load);
  onDraw('status', onStatus);
  onDraw('sources', onSources);
  onDraw('hello', load);
  onShown(load);
  onTheme(() => plot?.redraw());
}
