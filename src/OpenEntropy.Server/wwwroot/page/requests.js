// Requests: how many, how long, and what was refused.
import { facts, find, make, show, write } from './dom.js';
import { onDraw } from './events.js';
import { bytes, count, milliseconds, rate, words } from './text.js';

let writer = null;
let keys = '';
let counts = [];

function drawRefusals(refusals) {
  const given = refusals.map(({ reason, route }) => `${reason}\n${route}`).join('\n\n');
  if (given !== keys) {
    keys = given;
    counts = refusals.map(() => make('td', { class: 'number right' }));
    find('requests-refusals').replaceChildren(
      ...refusals.map(({ reason, route }, index) =>
        make('tr', {}, make('th', { scope: 'row' }, words(reason)), make('td', { class: 'code-cell' }, route), counts[index]),
      ),
    );
  }

  refusals.forEach((refusal, index) => write(counts[index], count(refusal.count)));
  show(find('requests-none'), refusals.length === 0);
}

function draw({ requests, viewers }) {
  writer([
    ['Requests', `${rate(requests.per_second)} per second`],
    ['Under way', count(requests.in_flight)],
    ['Time, half are within', milliseconds(requests.p50_ms)],
    ['95 % within', milliseconds(requests.p95_ms)],
    ['99 % within', milliseconds(requests.p99_ms)],
    ['Bytes out', `${bytes(requests.bytes_per_second)}/s`],
    ['Viewers of this page', count(viewers)],
  ]);
  drawRefusals([...(requests.refusals ?? [])].sort((one, other) => other.count - one.count));
}

/** Starts the panel. */
export function startRequests() {
  writer = facts(find('requests-facts'));
  onDraw('status', draw);
}
