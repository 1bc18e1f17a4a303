// Who may act: whom the service lets without a key, or who gives one that may. Here the dialog is that takes a key, be it to act or to read.
import { find, show, write } from './dom.js';
import { onEach } from './events.js';
import { onKeyWanted } from './feed.js';
import { post } from './http.js';
import { fits, hasKey, onKey, useKey } from './key.js';
import { sentence } from './text.js';

const listeners = new Set();
let may = false;
let reason = null;
let judged = true; // whether the service has said what it lets the key do

const mayAct = () => may || (hasKey() && !judged);

function tell() {
  write(find('operator'), mayAct() ? 'Operator' : 'Read-only');
  const here = hasKey() ? 'with the key that was given.' : 'it was opened on the machine itself.';
  write(find('operator-why'), may ? `This page may switch sources and mint keys: ${here}` : (sentence(reason) || 'The service has not answered yet.'));
  write(find('sources-note'), mayAct() ? '' : `Read-only here${reason ? `: ${reason}` : ' until the service has answered.'}`);
  show(find('operator-forget'), hasKey());
  for (const listener of listeners) {
    listener(mayAct(), reason);
  }
}

/** Calls back, now and after each change, with whether this viewer may switch and mint, and why not. */
export function onAuthority(listener) {
  listeners.add(listener);
  listener(mayAct(), reason);
}

/** Posts what only an operator may. */
export async function postAct(path, body) {
  try {
    return await post(path, body);
  } catch (error) {
    if (error.status === 401) {
      useKey(null); // it is the wrong one
    }

    throw error;
  }
}

/** Does an act on a source: enable, disable or retest. Answers the source after it. */
export const act = async (name, verb) => (await postAct(`sources/${encodeURIComponent(name)}/${verb}`)).json();

function take(event) {
  const input = find('operator-key');
  const given = input.value.trim();
  if (!fits(given)) {
    event.preventDefault();
    input.setCustomValidity('No key is like that: it has a character that cannot be sent.');
    input.reportValidity();
  } else if (given !== '') {
    useKey(given);
  }
}

function bind() {
  const dialog = find('operator-dialog');
  const close = () => dialog.close();
  const open = () => dialog.showModal();
  find('operator').addEventListener('click', open);
  onKeyWanted(open);
  find('operator-close').addEventListener('click', close);
  find('operator-forget').addEventListener('click', () => {
    useKey(null);
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
  write(find('operator-hint'), `Kept while this page is open, and sent with what it asks of this service.${wire}`);
  onEach('hello', hello => {
    [may, reason, judged] = [hello.may_operate === true, hello.operate_reason, true];
    tell();
  });
  onKey(() => {
    [may, judged] = [false, !hasKey()];
    tell();
  });
  tell();
}
