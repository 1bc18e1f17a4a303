// What a source is, below its row: mechanism, claim, counters. Texts are written once, figures as they come.
import { facts, make } from './dom.js';
import { bits, bytes, count, decimal, duration, moment, percent, rate, words } from './text.js';

const writers = new WeakMap();
const perTest = counts => Object.entries(counts ?? {}).map(([test, value]) => `${words(test)} ${count(value)}`).join(', ');

function build(row) {
  const prose = make('dl', { class: 'prose' });
  const figures = make('dl', { class: 'facts columns' });
  row.replaceChildren(make('td', { role: 'cell', colSpan: 8 }, prose, figures));
  return { prose: facts(prose), figures: facts(figures) };
}

/** Fills the row below a source's own. */
export function detail(row, known, live) {
  const writer = writers.get(row) ?? build(row);
  writers.set(row, writer);
  writer.prose([
    ['What is measured', known.mechanism],
    ['Claim', `${decimal(live?.claimed_min_entropy ?? known.claimed_min_entropy, 3)} bits per sample. ${known.claim_basis}`],
    ['Sample', known.digitization],
    ['Clock', known.clock ?? 'A sample is no reading of a clock.'],
    ['Origin', words(known.origin) + (known.private ? '; its samples may tell of people and are neither served raw nor recorded' : '')],
  ]);
  writer.figures([
    ['Since', moment(known.since)],
    ['Samples tested', bytes(live?.bytes ?? known.bytes)],
    ['Speed while collecting', `${rate(known.samples_per_second)} samples/s`],
    ['Credited', bits(known.credited_bits)],
    ['Share of the credit', percent(live?.credit_share)],
    ['Assessments', count(known.assessments)],
    ['Lowest assessment', known.assessed_minimum === null ? '–' : `${decimal(known.assessed_minimum, 3)} bits/sample`],
    ['Failed tests', perTest(known.failures_by_test) || '–'],
    ['Dropped', perTest(known.dropped_bytes) || '–'],
    ['False alarm expected every', duration(known.false_alarm_interval_seconds)],
    ['Latest failure', known.last_failure ? `${moment(known.last_failure.time)}: ${known.last_failure.reason}` : 'none since the start'],
  ]);
}
