// Whether this viewer may act, and the acts on sources.
import { find, write } from './dom.js';
import { onEach } from './feed.js';
import { post } from './http.js';

const listeners = new Set();
let may = false;
let reason = null;

/** Calls back, now and after each change, with whether this viewer may switch and mint, and why not. */
export function onAuthority(listener) {
  listeners.add(listener);
  listener(may, reason);
}

/** Does an act on a source: enable, disable or retest. Answers the source after it. */
export const act = async (name, verb) => (await post(`sources/${encodeURIComponent(name)}/${verb}`)).json();

/** Starts to listen. */
export function startOperator() {
  onEach('hello', hello => {
    may = hello.may_operate === true;
    reason = hello.operate_reason;
    for (const listener of listeners) {
      listener(may, reason);
    }
  });
  onAuthority((allowed, why) =>
    write(find('sources-note'), allowed ? '' : why ? `Read-only here: ${why}` : 'Read-only until the service has answered.'),
  );
}
