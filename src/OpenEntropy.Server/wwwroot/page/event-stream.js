// One connection of server-sent events. An EventSource can send no key and does not say why it was refused.
import { EventParser } from './event-parser.js';
import { ask, Refusal } from './http.js';

const type = 'text/event-stream';

/** A stream that has been asked for. It calls onEvent(name, data) for each event and onEnd once, with a Refusal where it was refused, unless it was closed. */
export class EventStream {
  constructor(path, onEvent, onEnd) {
    this.stop = new AbortController();
    this.parser = new EventParser((name, data) => this.stop.signal.aborted || onEvent(name, data));
    this.isOpen = false;
    this.hasEnded = false;
    this.read(path)
      .then(() => null, error => error)
      .then(error => {
        [this.isOpen, this.hasEnded] = [false, true];
        if (!this.stop.signal.aborted) {
          onEnd(error instanceof Refusal ? error : null);
        }
      });
  }

  /** Milliseconds after which to come back, as the service said; null where it did not. */
  get retry() {
    return this.parser.retry;
  }

  /** Ends it: nothing is called any more. */
  close() {
    this.stop.abort();
  }

  async read(path) {
    const response = await ask(path, { headers: { Accept: type }, signal: this.stop.signal });
    if (!response.headers.get('Content-Type')?.startsWith(type)) {
      throw new Refusal('the answer was no stream of events', response.status, null);
    }

    this.isOpen = true;
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
    for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
      this.parser.push(piece.value);
    }
  }
}
