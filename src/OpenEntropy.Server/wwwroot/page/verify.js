// Verifying a bundle's file: dropped or chosen. Secret keys never leave the page.
import { find, make, shape } from './dom.js';
import { post } from './http.js';

let wish = 0; // the file that was given last counts
const largest = 2 * 1024 * 1024;
const signers = {
  current: 'signed by this service',
  former: 'signed by an earlier identity of this service',
  unknown: 'signed by somebody this service does not know; anybody can sign',
};

function answer(name, result, left) {
  const node = find('verify-result');
  node.dataset.valid = String(result.valid);
  node.replaceChildren(
    make(
      'p',
      { class: 'state', 'data-state': result.valid ? 'healthy' : 'failed' },
      shape(result.valid ? 'healthy' : 'failed'),
      make('span', {}, `${name}: ${result.valid ? `valid, ${signers[result.signer] ?? result.signer}` : 'not valid'}.`),
    ),
    ...(left ? [make('p', { class: 'hint' }, 'Its secret_keys were left out before it was sent.')] : []),
    make(
      'ul',
      { class: 'checks-made' },
      ...result.checks.map(check =>
        make('li', { 'data-ok': String(check.ok) }, shape(check.ok ? 'healthy' : 'failed'), make('span', {}, `${check.name}: ${check.ok ? '' : 'no; '}${check.detail}`)),
      ),
    ),
  );
}

function refuse(text) {
  const node = find('verify-result');
  node.dataset.valid = 'unknown';
  node.replaceChildren(make('p', {}, text));
}

/** The text to send, and whether secret keys were taken out of it. What has none is sent as it stands. */
function open(text) {
  const document = JSON.parse(text);
  if (document === null || typeof document !== 'object' || !('secret_keys' in document)) {
    return [text, false];
  }

  delete document.secret_keys;
  return [JSON.stringify(document), true];
}

/** What is to be shown of a file: a function that does it. */
async function examine(file) {
  if (file.size > largest) {
    return () => refuse(`${file.name} has more than 2 MiB: that is no bundle.`);
  }

  let text;
  let left;
  try {
    [text, left] = open(await file.text());
  } catch {
    return () => refuse(`${file.name} is no JSON: choose the file of a bundle.`);
  }

  try {
    const result = await (await post('api/v1/pqc/bundles/verify', text)).json();
    return () => answer(file.name, result, left);
  } catch (error) {
    return () => refuse(`${file.name} was not verified: ${error.message}.`);
  }
}

async function verify(file) {
  if (!file) {
    return;
  }

  const mine = ++wish;
  const tell = await examine(file);
  if (mine === wish) {
    tell();
  }
}

// A file that misses its place would be opened in place of the page, and with it keys be lost that cannot be asked for again.
function guard(event) {
  if (!event.defaultPrevented && event.dataTransfer?.types.includes('Files')) {
    event.preventDefault();
    event.dataTransfer.dropEffect = 'none';
  }
}

/** Starts the panel. */
export function startVerify() {
  const drop = find('drop');
  const input = find('verify-file');
  const over = on => drop.classList.toggle('over', on);
  input.addEventListener('change', () => {
    verify(input.files[0]);
    input.value = '';
  });
  drop.addEventListener('dragover', event => {
    event.preventDefault();
    over(true);
  });
  drop.addEventListener('dragleave', () => over(false));
  drop.addEventListener('drop', event => {
    event.preventDefault();
    over(false);
    verify(event.dataTransfer.files[0]);
  });
  document.addEventListener('dragover', guard);
  document.addEventListener('drop', guard);
}
