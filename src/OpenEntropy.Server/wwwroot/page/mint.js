// Minting a bundle of post-quantum keys, and the one download that has the secret keys.
import { find, make, show, write } from './dom.js';
import { bundleName, save } from './download.js';
import { onEach } from './events.js';
import { Refusal } from './http.js';
import { onAuthority, postAct } from './operator.js';

const common = 'ML-KEM-768';
const most = 8;
const shortest = 12;
const fewest = 6; // different characters
const kinds = { kem: 'key encapsulation', signature: 'signatures' };

let minted = () => {};
let may = false;
let busy = false;
let authority = null;

const chosen = () => [...document.querySelectorAll('input[name="algorithm"]:checked')].map(input => input.value);
const encrypted = () => document.querySelector('input[name="secrets"]:checked').value === 'encrypted';
const loopback = () => ['localhost', '127.0.0.1', '[::1]'].includes(location.hostname);

function offer({ algorithms }) {
  const list = find('mint-checks');
  const names = JSON.stringify(algorithms);
  if (list.dataset.names === names) {
    return;
  }

  list.dataset.names = names;
  list.replaceChildren(
    ...Object.entries(algorithms).map(([kind, each]) =>
      make(
        'div',
        { role: 'group', 'aria-label': kinds[kind] ?? kind },
        make('p', { class: 'muted', 'aria-hidden': 'true' }, kinds[kind] ?? kind),
        ...each.map(name =>
          make('label', { class: 'check' }, make('input', { type: 'checkbox', name: 'algorithm', value: name, checked: name === common }), ` ${name}`),
        ),
      ),
    ),
  );
}

function drawChoice() {
  show(find('mint-secret'), encrypted());
  const plain = location.protocol !== 'https:';
  const wire = !plain
    ? 'The answer comes by TLS.'
    : loopback()
      ? 'Nothing leaves this machine on the way to the page.'
      : 'This page came by plain HTTP: whoever listens reads a passphrase, and so the keys. Against a listener only https helps; the passphrase protects the file afterwards.';
  write(find('mint-wire'), wire);
}

/** Why the form cannot be sent; null where it can. */
function problem() {
  const algorithms = chosen();
  if (algorithms.length === 0 || algorithms.length > most) {
    return algorithms.length === 0 ? 'Choose an algorithm.' : `Choose at most ${most} algorithms.`;
  }

  if (!encrypted()) {
    return null;
  }

  const passphrase = find('mint-passphrase').value;
  const characters = [...passphrase];
  if (characters.length < shortest || new Set(characters).size < fewest) {
    return `The passphrase must have at least ${shortest} characters, of which ${fewest} differ.`;
  }

  return passphrase === find('mint-again').value ? null : 'The two passphrases differ.';
}

function request() {
  const body = { algorithms: chosen() };
  for (const name of ['requester', 'purpose']) {
    const text = find(`mint-${name}`).value.trim();
    if (text !== '') {
      body[name] = text;
    }
  }

  if (encrypted()) {
    body.passphrase = find('mint-passphrase').value;
    body.store = find('mint-store').checked;
  }

  return JSON.stringify(body);
}

// The text is held by this one button alone: put away, it is gone.
function hand(text) {
  const bundle = JSON.parse(text).bundle;
  const result = find('mint-result');
  const again = make('button', { type: 'button', class: 'quiet', id: 'mint-download' }, 'Download again');
  const done = make('button', { type: 'button', class: 'quiet' }, 'I have the file: forget the keys here');
  again.addEventListener('click', () => save(text, bundleName(bundle.id)));
  done.addEventListener('click', () => result.replaceChildren());
  result.replaceChildren(
    make('p', {}, `Bundle ${bundle.id} is made and downloaded: ${bundle.keys.map(key => key.algorithm).join(', ')}.`),
    make('p', { class: 'hint' }, 'Its secret keys are in that file and cannot be asked for again. Keep the file as you keep keys; take secret_keys out before you pass the bundle on.'),
    make('div', { class: 'row wrap' }, again, done),
  );
  save(text, bundleName(bundle.id));
}

// Where no answer came, or half of one, or a proxy's, the service may have done it all the same.
function failed(error) {
  const refused = error instanceof Refusal && ((error.status >= 400 && error.status < 500) || error.status === 503);
  write(
    find('mint-note'),
    refused
      ? `Nothing was minted: ${error.message}.`
      : `The answer was lost: ${error.message}. A bundle may have been made, see the list; its secret keys went with the answer.`,
  );
  if (!refused) {
    minted();
  }
}

function authorize(allowed, reason) {
  may = allowed;
  find('mint').disabled = !may || busy;
  const text = allowed ? '' : reason ? `Not from here: ${reason}` : 'Waiting for the service.';
  if (authority !== text) {
    authority = text; // what came of minting stays until who may changes
    write(find('mint-note'), text);
  }
}

async function mint(event) {
  event.preventDefault();
  const why = problem();
  write(find('mint-note'), why ?? 'Minting …');
  if (why || !may || busy) {
    return;
  }

  busy = true;
  find('mint').disabled = true;
  try {
    const text = await (await postAct('api/v1/pqc/bundles', request())).text();
    hand(text);
    write(find('mint-note'), '');
    find('mint-passphrase').value = '';
    find('mint-again').value = '';
    minted();
  } catch (error) {
    failed(error);
  } finally {
    busy = false;
    find('mint').disabled = !may;
  }
}

/** Starts the panel; onMinted is called after each bundle. */
export function startMint(onMinted) {
  minted = onMinted;
  find('mint-form').addEventListener('submit', mint);
  find('mint-form').addEventListener('change', drawChoice);
  onEach('hello', offer);
  onAuthority(authorize);
  drawChoice();
}
