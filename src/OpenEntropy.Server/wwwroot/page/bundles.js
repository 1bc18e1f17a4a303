// The list of bundles that were made here.
import { find, make, show, write } from './dom.js';
import { bundleName, save } from './download.js';
import { onDraw } from './events.js';
import { ask, getJson } from './http.js';
import { hasKey } from './key.js';
import { notice } from './notice.js';
import { moment } from './text.js';

const atOnce = 20;
let next = null;
let wish = 0; // the latest answer counts

// A link that is followed sends no key.
async function download(event, path, name) {
  if (hasKey()) {
    event.preventDefault();
    try {
      save(await (await ask(path)).text(), name);
    } catch (error) {
      notice(`No bundle: ${error.message}.`, 'bad');
    }
  }
}

function row(bundle) {
  const path = `api/v1/pqc/bundles/${encodeURIComponent(bundle.id)}`;
  const by = [bundle.requester, bundle.purpose].filter(Boolean).join(': ') || '–';
  const name = bundleName(bundle.id);
  const link = make('a', { href: path, download: name, 'aria-label': `Download bundle ${bundle.id}` }, `${bundle.id.slice(0, 8)}…`);
  link.addEventListener('click', event => download(event, path, name));
  return make(
    'tr',
    {},
    make('td', { class: 'number' }, bundle.created ? moment(bundle.created) : '–'),
    make('td', {}, bundle.algorithms?.join(', ') ?? '–', bundle.stored ? make('span', { class: 'muted' }, ' · kept, encrypted') : null),
    make('td', { class: 'wrapping' }, by),
    make('td', { class: 'number' }, bundle.intact ? link : make('span', { class: 'bad' }, 'altered or gone')),
  );
}

async function load(before) {
  const list = find('bundles-rows');
  const mine = ++wish;
  try {
    const query = new URLSearchParams({ limit: atOnce, ...(before ? { before } : {}) });
    const body = await getJson(`api/v1/pqc/bundles?${query}`);
    if (mine !== wish) {
      return;
    }

    const rows = body.bundles.map(row);
    if (before) {
      list.append(...rows);
    } else {
      list.replaceChildren(...rows);
    }

    next = body.next;
    const findings = body.findings.length > 0 ? ` The ledger says: ${body.findings.join(' ')}` : '';
    write(find('bundles-empty'), `${body.total === 0 ? 'No bundle was made here yet. Mint one, and it stands here without its secret keys.' : ''}${findings}`);
  } catch (error) {
    if (mine !== wish) {
      return;
    }

    next = null;
    write(find('bundles-empty'), `The list could not be read: ${error.message}.`);
  }

  show(find('bundles-empty'), find('bundles-empty').textContent !== '');
  show(find('bundles-more'), next !== null);
}

/** Reads the list anew. */
export const refreshBundles = () => load(null);

/** Starts the panel. */
export function startBundles() {
  find('bundles-refresh').addEventListener('click', refreshBundles);
  find('bundles-more').addEventListener('click', () => load(next));
  onDraw('hello', refreshBundles);
}
