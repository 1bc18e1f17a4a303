// The status line: state of the whole with its reason, and the figures one looks at first.
import { find, make, shape, show, write } from './dom.js';
import { announce } from './notice.js';
import { onDraw, onEach } from './events.js';
import { bytes, count, duration } from './text.js';

const states = {
  healthy: ['healthy', 'Healthy'],
  degraded: ['degraded', 'Degraded'],
  starting: ['starting', 'Starting'],
  unhealthy: ['failed', 'Unhealthy'],
};

let told = null;

function showState(health) {
  const node = find('health');
  const [picture, word] = states[health.status] ?? ['unknown', health.status];
  if (node.dataset.state !== health.status) {
    node.dataset.state = health.status;
    node.replaceChildren(shape(picture), make('span', {}, word));
    document.title = health.status === 'healthy' ? 'OpenEntropy' : `${word} · OpenEntropy`;
  }

  write(find('health-reason'), health.reason ?? (health.status === 'healthy' ? 'All sources that are switched on pass their health tests.' : ''));
}

function showDeviations(sentences) {
  const list = find('deviations-list');
  show(find('deviations'), sentences.length > 0);
  if (list.dataset.shown !== sentences.join('\n')) {
    list.dataset.shown = sentences.join('\n');
    list.replaceChildren(...sentences.map(sentence => make('li', {}, sentence)));
    write(find('deviations-title'), `${sentences.length === 1 ? '1 thing weakens' : `${sentences.length} things weaken`} what the defaults promise`);
  }
}

function draw({ health, pool, page_bytes: shown }) {
  showState(health);
  showDeviations(health.deviations ?? []);
  write(find('tile-sources'), `${count(health.sources_healthy)} of ${count(health.sources_total)}`);
  write(find('tile-blocks'), `${count(pool.blocks_available)} of ${count(pool.capacity_blocks)}`);
  write(find('tile-age'), duration(health.seed_age_seconds));
  write(find('tile-raw'), bytes(health.raw_bytes));
  write(find('tile-out'), bytes(health.output_bytes - shown));
  write(find('tile-uptime'), duration(health.uptime_seconds));
}

/** Starts the panel. */
export function startStatus() {
  onDraw('hello', hello => write(find('version'), hello.version));
  onDraw('status', draw);
  onEach('status', ({ health }) => {
    if (told !== null && told !== health.status) {
      announce(`The service is ${health.status}. ${health.reason ?? ''}`);
    }

    told = health.status;
  });
}
