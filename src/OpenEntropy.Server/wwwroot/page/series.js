// The points of the graph: what the history has, and each second since.
import { getJson } from './http.js';

const unfinished = 2; // points at the end of a history that may not have been measured yet

export const measures = ['shannon', 'min', 'collision'];

/** Points of one span of time: of the whole, or of one source. */
export class Series {
  constructor(minutes, source) {
    this.minutes = minutes;
    this.source = source;
    this.step = 1;
    this.time = [];
    this.raw = { shannon: [], min: [], collision: [] };
    this.conditioned = { shannon: [], min: [], collision: [] };
  }

  /** Fetches the history. */
  static async load(minutes, source) {
    const series = new Series(minutes, source);
    const query = new URLSearchParams({ minutes, ...(source ? { source } : {}) });
    const body = await getJson(`events/history?${query}`);
    series.step = body.step_seconds;
    series.time = body.time;
    const nothing = body.time.map(() => null);
    for (const measure of measures) {
      series.raw[measure] = body.raw?.[measure] ?? nothing.slice();
      series.conditioned[measure] = body.conditioned?.[measure] ?? nothing.slice();
    }

    series.trimEnd();
    return series;
  }

  // The last second is not over when it is asked for: its gap would stay beside the points that come.
  trimEnd() {
    const isGap = () => [this.raw, this.conditioned].every(lists => measures.every(measure => lists[measure].at(-1) === null));
    for (let dropped = 0; dropped < unfinished && this.time.length > 0 && isGap(); dropped++) {
      this.lists().forEach(list => list.pop());
    }
  }

  lists() {
    return [this.time, ...measures.flatMap(measure => [this.raw[measure], this.conditioned[measure]])];
  }

  /** Adds a point; one that is not later than the last is passed over. */
  add(seconds, raw, conditioned) {
    if (this.time.length > 0 && seconds < this.time.at(-1) + 0.5) {
      return;
    }

    this.time.push(seconds);
    for (const measure of measures) {
      this.raw[measure].push(raw?.[measure] ?? null);
      this.conditioned[measure].push(conditioned?.[measure] ?? null);
    }

    this.trim(seconds - this.minutes * 60);
  }

  trim(oldest) {
    const gone = this.time.findIndex(time => time >= oldest);
    if (gone > 0) {
      for (const list of this.lists()) {
        list.splice(0, gone);
      }
    }
  }

  /** What the plot takes: times, raw, conditioned. */
  data(measure) {
    return [this.time, this.raw[measure], this.conditioned[measure]];
  }

  /** True where nothing is known. */
  isEmpty(measure) {
    const known = value => value !== null;
    return !this.raw[measure].some(known) && !this.conditioned[measure].some(known);
  }
}
