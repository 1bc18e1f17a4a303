// Raw samples of one source, as pictures. The service gives them only where its operator allows that.
import { facts, find, make, write } from './dom.js';
import { onDraw, onEach } from './events.js';
import { getJson } from './http.js';
import { drawHistogram, drawLag, drawNothing } from './pictures.js';
import { correlation, histogram, minimum, shannon } from './statistics.js';
import { count, decimal } from './text.js';
import { onTheme } from './theme.js';

const length = 1024;
const forbidden = 'Raw samples are not served here. To see them, start the service with --allow-raw (OpenEntropy:Randomness:AllowRaw=true).';
const offer = 'Samples that are shown here earn no credit.';
const figures = ['Distinct values', 'Most common value', 'Shannon entropy', 'Min-entropy', 'Correlation with the next'];

let allowed = false;
let taken = [];
let writer = null;

function draw() {
  if (taken.length === 0) {
    drawNothing(find('histogram'));
    drawNothing(find('lag'));
    return;
  }

  drawHistogram(find('histogram'), histogram(taken));
  drawLag(find('lag'), taken);
}

const tell = (...values) => writer(figures.map((name, index) => [name, values[index] ?? '–']));

// What was shown was of another moment, and perhaps of another source.
function clear() {
  taken = [];
  draw();
  tell();
  find('histogram').setAttribute('aria-label', 'Histogram; no samples');
  find('lag').setAttribute('aria-label', 'Lag plot; no samples');
}

function show(source, samples) {
  taken = samples;
  const bins = histogram(samples);
  const distinct = bins.filter(bin => bin > 0).length;
  const top = bins.indexOf(Math.max(...bins));
  const lag = correlation(samples);
  draw();
  tell(
    `${distinct} of 256`,
    `${top}, ${count(bins[top])} times`,
    `${decimal(shannon(bins, samples.length))} bits/sample`,
    `${decimal(minimum(bins, samples.length))} bits/sample`,
    lag === null ? 'none: all are the same' : decimal(lag, 3),
  );
  find('histogram').setAttribute('aria-label', `Histogram of ${samples.length} raw samples of ${source}: ${distinct} distinct values, most often ${top}, ${bins[top]} times`);
  find('lag').setAttribute('aria-label', `Lag plot of ${samples.length} raw samples of ${source}: correlation ${lag === null ? 'not defined' : decimal(lag, 3)}`);
}

async function take(event) {
  event.preventDefault();
  const source = find('samples-source').value;
  const button = find('samples-take');
  if (!source || !allowed) {
    return;
  }

  button.disabled = true;
  write(find('samples-note'), `Waiting for ${length} samples of ${source} …`);
  try {
    const query = new URLSearchParams({ length, type: 'uint8', raw: 'true', source });
    const body = await getJson(`api/v1/random?${query}`);
    show(source, body.data);
    write(find('samples-note'), `${count(body.data.length)} samples of ${source}. ${offer}`);
  } catch (error) {
    clear();
    write(find('samples-note'), `No samples: ${error.message}.`);
  } finally {
    button.disabled = !allowed;
  }
}

function fill({ sources }) {
  const select = find('samples-source');
  const names = sources.filter(source => source.bytes > 0 && source.state !== 'disabled' && source.state !== 'unavailable').map(source => source.name);
  if (select.dataset.names !== names.join('\n')) {
    const before = select.value;
    select.dataset.names = names.join('\n');
    select.replaceChildren(...names.map(name => make('option', { value: name }, name)));
    if (names.includes(before)) {
      select.value = before;
    }
  }
}

/** Starts the panel. */
export function startSamples() {
  writer = facts(find('samples-facts'));
  tell();
  find('samples-form').addEventListener('submit', take);
  onEach('hello', hello => {
    allowed = hello.raw_allowed === true;
    find('samples-take').disabled = !allowed;
    find('samples-source').disabled = !allowed;
    if (taken.length === 0) {
      write(find('samples-note'), allowed ? offer : forbidden);
    }
  });
  onDraw('sources', fill);
  onTheme(draw);
  new ResizeObserver(draw).observe(find('histogram'));
}
