// Who may act: whom the service lets without a key, or who gives the operator's. The key is kept in this module's memory alone, goes out with acts and
// nothing else, and is gone with the page.
import { find, show, write } from './dom.js';
import { onEach } from './feed.js';
import { post } from './http.js';
import { sentence } from './text.js';

const listeners = new Set();
let may = false;
let reason = null;
let key = null;

const mayAct = () => may || key !== null;

function tell() {
  write(find('operator'), mayAct() ? 'Operator' : 'Read-only');
  write(find('operator-why'), may ? 'This page may switch sources and mint keys: it was opened on the machine itself.' : (sentence(reason) || 'The service has not answered yet.'));
  write(find('sources-note'), mayAct() ? '' : `Read-only here${reason ? `: ${reason}` : ' until the service has answered.'}`);
  show(find('operator-forget'), key !== null);
  for (const listener of listeners) {
    listener(mayAct(), reason);
  }
}

/** Calls back, now and after each change, with whether this viewer may switch and mint, and why not. */
export function onAuthority(listener) {
  listeners.add(listener);
  listener(mayAct(), reason);
}

/** Posts what only an operator may, with the key where one was given. */
export async function postAct(path, body) {
  try {
    return await post(path, body, key === null ? {} : { 'x-api-key': key });
  } catch (error) {
    if (error.status === 401 && key !== null) {
      use(null); // it is the wrong one
    }

    throw error;
  }
}

/** Does an act on a source: enable, disable or retest. Answers the source after it. */
export const act = async (name, verb) => (await postAct(`sources/${encodeURIComponent(name)}/${verb}`)).json();

function use(given) {
  key = given;
  find('operator-key').value = '';
  tell();
}

// What no header may have would look like a service that does not answer.
function fits(given) {
  try {
    return new Headers({ 'x-api-key': given }).has('x-api-key');
  } catch {
    return false;
  }
}

function take(event) {
  const input = find('operator-key');
  const given = input.value.trim();
  if (!fits(given)) {
    event.preventDefault();
    input.setCustomValidity('No key is like that: it has a character that cannot be sent.');
    input.reportValidity();
  } else if (given !== '') {
    use(given);
  }
}

function bind() {
  const dialog = find('operator-dialog');
  const close = () => dialog.close();
  find('operator').addEventListener('click', () => dialog.showModal());
  find('operator-close').addEventListener('click', close);
  find('operator-forget').addEventListener('click', () => {
    use(null);
    close();
  });
  find('operator-form').addEventListener('submit', take);
  find('operator-key').addEventListener('input', event => event.target.setCustomValidity(''));
  dialog.addEventListener('close', () => {
    find('operator-key').value = '';
    find('operator-key').setCustomValidity('');
  });
}

/** Starts to listen. */
export function startOperator() {
  bind();
  const wire =
    location.protocol === 'https:' || ['localhost', '127.0.0.1', '[::1]'].includes(location.hostname)
      ? ''
      : ' This page came by plain HTTP: whoever listens on the way reads the key.';
  write(find('operator-hint'), `Kept while this page is open, and sent with switching and minting alone.${wire}`);
  onEach('hello', hello => {
    may = hello.may_operate === true;
    reason = hello.operate_reason;
    tell();
  });
  tell();
}
