// The pool and the generator: accounts, never content.
import { facts, find, make, mark, write } from './dom.js';
import { onDraw } from './events.js';
import { bits, bytes, count, decimal, duration, percent, rate, words } from './text.js';

const mostShares = 8;
let writers = null;
let shares = [];

function fill(pool) {
  const gauge = find('pool-fill');
  const share = Math.round(100 * pool.fill);
  if (gauge.getAttribute('aria-valuenow') !== String(share)) {
    mark(gauge, 'aria-valuenow', share);
    mark(gauge, 'aria-valuetext', `${share} per cent`);
    gauge.firstElementChild.style.transform = `scaleX(${pool.fill})`;
  }
}

function drawPool(pool) {
  const { blocks, conditioner } = pool;
  fill(pool);
  writers.pool([
    ['Fill', `${percent(pool.fill)}, ${count(pool.blocks_available)} of ${count(pool.capacity_blocks)} blocks`],
    ['Assessed entropy in', bits(conditioner.assessed_bits_in)],
    ['waiting for the next block', bits(conditioner.assessed_bits_pending)],
    ['Blocks out', `${count(blocks.produced)} × ${count(conditioner.block_bits)} bit`],
    ['Extraction ratio, out to in', decimal(conditioner.extraction_ratio, 3)],
    ['Used', count(blocks.used)],
    ['Replaced by newer', count(blocks.replaced)],
    ['Expired, discarded', `${count(blocks.expired)}, ${count(blocks.discarded)}`],
    ['Conditioner', `${conditioner.hash}, a block for ${count(conditioner.block_requirement_bits)} bit`],
  ]);
}

function drawShares(credit) {
  const sorted = [...credit].sort((one, other) => other.share - one.share);
  const top = sorted.slice(0, mostShares);
  const rest = sorted.slice(mostShares);
  if (rest.length > 0) {
    top.push({ name: `${rest.length} others`, share: rest.reduce((sum, source) => sum + source.share, 0) });
  }

  const list = find('pool-shares');
  if (shares.length !== Math.max(1, top.length)) {
    shares = Array.from({ length: Math.max(1, top.length) }, () => ({ name: make('span'), bar: make('span', { class: 'share-bar' }), value: make('span', { class: 'number' }) }));
    list.replaceChildren(...shares.map(({ name, bar, value }) => make('li', {}, name, make('span', { class: 'share', 'aria-hidden': 'true' }, bar), value)));
  }

  shares.forEach(({ name, bar, value }, index) => {
    const source = top[index];
    write(name, source?.name ?? 'No source has earned credit yet.');
    write(value, source ? percent(source.share) : '');
    const width = `scaleX(${source?.share ?? 0})`;
    if (bar.style.transform !== width) {
      bar.style.transform = width;
    }
  });
}

function drawGenerator({ pool, requests, reseeds_per_second: pace, page_bytes: shown }) {
  const { generators } = pool;
  const causes = Object.entries(generators.reseeds);
  writers.generator([
    ['Seed age, the youngest', duration(generators.seed_age_seconds)],
    ['Seeded', `${count(generators.seeded)} of ${count(generators.total)}, one for each core`],
    ['Reseeds', count(causes.reduce((sum, [, value]) => sum + value, 0))],
    ['Reseeds per second', rate(pace)],
    ['Output', `${bytes(requests.bytes_per_second)}/s`],
    ['Calls', count(generators.generate_calls)],
    ['Given out: generator', bytes(pool.bytes.drbg)],
    ['of these for this page', bytes(shown)],
    ['limited', bytes(pool.bytes.limited)],
    ['raw', bytes(pool.bytes.raw)],
    ['Machine resumed or cloned', `${count(pool.resume_signs)} times`],
  ]);
  writers.reseeds(causes.map(([cause, value]) => [words(cause), count(value)]));
}

/** Starts both panels. */
export function startPool() {
  writers = { pool: facts(find('pool-facts')), generator: facts(find('generator-facts')), reseeds: facts(find('generator-reseeds')) };
  onDraw('status', status => {
    drawPool(status.pool);
    drawShares(status.pool.credit ?? []);
    drawGenerator(status);
  });
}
