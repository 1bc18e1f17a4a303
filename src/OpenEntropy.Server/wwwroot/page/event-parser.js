// Text of server-sent events (WHATWG HTML, 9.2.6), in whatever pieces it comes.
const lineEnd = /\r\n|\r|\n/;
const digits = /^[0-9]+$/;

/** Gives each event, whole, to onEvent(name, data). */
export class EventParser {
  constructor(onEvent) {
    this.onEvent = onEvent;
    /** Milliseconds after which to come back, as the service says; null where it does not. */
    this.retry = null;
    this.rest = '';
    this.afterReturn = false;
    this.clear();
  }

  /** Takes the next piece. What ends within an event is never given. */
  push(text) {
    if (text === '') {
      return;
    }

    // A line end of two characters may be cut between them.
    const lines = (this.rest + (this.afterReturn && text[0] === '\n' ? text.slice(1) : text)).split(lineEnd);
    this.afterReturn = text.endsWith('\r');
    this.rest = lines.pop();
    lines.forEach(line => this.take(line));
  }

  clear() {
    this.name = '';
    this.data = [];
  }

  take(line) {
    if (line === '') {
      const { name, data } = this;
      this.clear();
      if (data.length > 0) {
        this.onEvent(name || 'message', data.join('\n'));
      }

      return;
    }

    const colon = line.indexOf(':');
    const field = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? '' : line.slice(colon + (line[colon + 1] === ' ' ? 2 : 1));
    if (field === 'event') {
      this.name = value;
    } else if (field === 'data') {
      this.data.push(value);
    } else if (field === 'retry' && digits.test(value)) {
      this.retry = Number(value);
    }
  }
}
