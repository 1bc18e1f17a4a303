// One row of the sources' table: made once, then written to where something changed.
import { make, mark, shape, show, write } from './dom.js';
import { notice } from './notice.js';
import { act } from './operator.js';
import { detail } from './source-detail.js';
import { spark } from './spark.js';
import { isOn, stateWords } from './states.js';
import { count, decimal, rate, sentence, words } from './text.js';
import { tip } from './tip.js';

const minute = 60;
const unsure = 2_500; // milliseconds after an act in which the stream may tell of before it
const settled = 6_000; // and after which it is believed whatever it says
let number = 0;

/** A source in the table. */
export class SourceRow {
  /** What is not known of it is asked for by onUnknown. */
  constructor(name, onUnknown) {
    this.name = name;
    this.onUnknown = onUnknown;
    this.id = `source-${++number}`;
    this.facts = null;
    this.live = null;
    this.trail = [];
    this.visible = false;
    this.may = false;
    this.busy = false;
    this.answered = null;
    this.build();
  }

  build() {
    // The roles are said aloud, since cards on a narrow screen are no table to some browsers.
    const cell = label => make('td', { role: 'cell', class: 'number right', 'data-label': label });
    this.title = make('button', { type: 'button', class: 'name', 'aria-expanded': 'false', 'aria-controls': this.id }, this.name);
    this.category = make('span', { class: 'muted category' });
    this.state = make('span', { class: 'state' });
    this.reason = make('span', { class: 'reason' });
    [this.rate, this.claimed, this.assessed] = [cell('Rate, samples/s'), cell('Claimed, bits/sample'), cell('Assessed, bits/sample')];
    this.failures = cell('RCT · APT · other');
    this.entropy = make('span');
    this.canvas = make('canvas', { class: 'spark', 'aria-hidden': 'true' });
    this.toggle = make('button', { type: 'button', role: 'switch', class: 'switch', 'aria-checked': 'false', 'aria-label': `Source ${this.name}` });
    this.retest = make('button', { type: 'button', class: 'quiet small' }, 'Retest', make('span', { class: 'hidden' }, ` ${this.name}`));
    this.row = make(
      'tr',
      { role: 'row', 'data-source': this.name },
      make('th', { role: 'rowheader', scope: 'row' }, this.title, this.category),
      make('td', { role: 'cell', class: 'state-cell', 'data-label': 'State' }, this.state, this.reason),
      this.rate,
      this.claimed,
      this.assessed,
      this.failures,
      make('td', { role: 'cell', class: 'number right spark-cell', 'data-label': 'Min-entropy, bits/sample' }, this.entropy, this.canvas),
      make('td', { role: 'cell', class: 'acts' }, make('div', { class: 'row' }, this.toggle, this.retest)),
    );
    this.more = make('tr', { role: 'row', class: 'more', id: this.id, hidden: true });
    this.bind();
  }

  bind() {
    this.tellTip = tip(this.title, () => (this.more.hidden ? this.facts?.mechanism : null));
    this.title.addEventListener('click', () => {
      show(this.more, this.more.hidden);
      mark(this.title, 'aria-expanded', !this.more.hidden);
      this.drawDetail();
      if (this.facts === null) {
        this.onUnknown();
      }
    });
    this.toggle.addEventListener('click', () => this.act(this.isOn() ? 'disable' : 'enable'));
    this.retest.addEventListener('click', () => this.act(this.live.state === 'unavailable' ? 'enable' : 'retest'));
  }

  isOn() {
    return isOn(this.live?.state);
  }

  async act(verb) {
    if (this.busy) {
      return;
    }

    const before = this.live.state;
    this.busy = true;
    this.drawActs();
    try {
      const after = await act(this.name, verb);
      this.know(after);
      this.answered = null;
      this.draw({ ...this.live, state: after.state, reason: after.reason });
      this.answered = { before, state: after.state, reason: after.reason, at: performance.now() };
      notice(`${this.name} is ${stateWords[after.state].toLowerCase()}.`);
    } catch (error) {
      notice(error.message.includes(this.name) ? sentence(error.message) : `${this.name}: ${error.message}`, 'bad');
    } finally {
      this.busy = false;
      this.drawActs();
    }
  }

  /** Takes what /sources tells, which changes seldom. */
  know(facts) {
    this.facts = facts;
    write(this.category, words(facts.category));
    this.tellTip();
    this.drawDetail();
  }

  /** Says whether this viewer may act. */
  authorize(may, reason) {
    this.may = may;
    for (const button of [this.toggle, this.retest]) {
      button.title = may ? '' : (reason ?? '');
    }

    this.drawActs();
  }

  /** Keeps the latest figures for the line. */
  remember(live) {
    this.trail.push(live.state === 'healthy' || live.state === 'starting' ? live.min_entropy : null);
    this.trail.splice(0, this.trail.length - minute);
  }

  // What the stream tells was taken up to a second before it was sent: the state before an act must not come back for a moment.
  believe(live) {
    const answer = this.answered;
    if (answer === null) {
      return live;
    }

    const age = performance.now() - answer.at;
    if (live.state === answer.state || age > settled || (age > unsure && live.state !== answer.before)) {
      this.answered = null;
      return live;
    }

    return { ...live, state: answer.state, reason: answer.reason };
  }

  /** Draws the latest figures. */
  draw(given) {
    const live = this.believe(given);
    const before = this.live?.state;
    this.live = live;
    if (before !== live.state) {
      this.row.dataset.state = live.state;
      this.state.dataset.state = live.state;
      this.state.replaceChildren(shape(live.state), make('span', {}, stateWords[live.state] ?? live.state));
      this.drawActs();
    }

    const measured = live.bytes > 0 && this.isOn();
    write(this.reason, live.reason ?? '');
    write(this.rate, this.isOn() ? rate(live.rate) : '–');
    write(this.claimed, decimal(live.claimed_min_entropy, 3));
    write(this.assessed, decimal(live.assessed_min_entropy, 3));
    write(this.failures, `${count(live.rct_failures)} · ${count(live.apt_failures)} · ${count(live.other_failures)}`);
    mark(this.failures, 'data-any', live.failures > 0 ? 'yes' : null);
    write(this.entropy, measured ? decimal(live.min_entropy) : '–');
    this.drawLine();
    this.drawDetail();
  }

  drawLine() {
    if (this.visible) {
      spark(this.canvas, this.trail, minute, 'raw', 1);
    }
  }

  drawActs() {
    const gone = this.live?.state === 'unavailable';
    mark(this.toggle, 'aria-checked', this.isOn());
    this.toggle.disabled = !this.may || !this.live || gone;
    this.retest.disabled = !this.may || !this.live || !(this.isOn() || gone);
    // While an act is under way they are not disabled, which would take the keyboard's focus away.
    for (const button of [this.toggle, this.retest]) {
      mark(button, 'aria-disabled', this.busy ? 'true' : null);
    }

    write(this.retest.firstChild, gone ? 'Look again' : 'Retest');
    mark(this.row, 'aria-busy', this.busy ? 'true' : null);
  }

  drawDetail() {
    if (!this.more.hidden && this.facts) {
      detail(this.more, this.facts, this.live);
    }
  }
}
