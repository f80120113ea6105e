// A list of things that the break desk decides on, one of them in full below it, and what can be done about it.
import { Grid, leaveOnEnter } from './grid.js';
import { ask, decimal, el, notice, redraw, trouble } from './show.js';

/** A choice above a list; the list is fetched again when it changes. */
export const choice = (name, label, none, options, value = '') => el('select', { name, 'aria-label': label },
  el('option', { value: '' }, none), options.map(([option, text]) => el('option', { value: option, selected: option === value }, text)));

/**
 * Subclasses say what is listed and done:
 * `fetch(filter)` the rows; `draw(item)` what one says, below its buttons; `one(row)` the whole of a row, itself if left out;
 * `actions` each `{key, label, fits, blocked, question, run, done}`, those without `fits` for the list as a whole.
 */
export class DeskPart {
  constructor(session, { name, title, index, columns, empty, filters = [], most = 5000 }) {
    Object.assign(this, { session, name, title, index, most, empty });
    this.columns = columns;
    this.count = el('span', { class: 'muted', role: 'status' });
    this.tools = el('form', { class: 'tools filters', 'aria-label': title, onsubmit: event => event.preventDefault(), onkeydown: leaveOnEnter, onchange: () => this.load() }, filters);
    this.list = el('div', { class: 'grid fill' });
    this.detail = el('div', { class: 'detail', 'aria-live': 'polite' });
    this.place = el('div', { class: 'part', 'data-part': name, hidden: true }, this.tools, this.list, this.detail);
    document.getElementById('break-parts').append(this.place);
  }

  get may() {
    return this.session.has('OPERATIONS');
  }

  get actions() {
    return [];
  }

  one(row) {
    return row;
  }

  get keys() {
    const keys = {};
    for (const action of this.actions) {
      const before = keys[action.key];
      // Of two that share a key the one counts that fits what is shown.
      keys[action.key] = () => action.fits && !(this.item && action.fits(this.item)) && before ? before() : this.act(action);
    }
    // A key is about the row that is chosen, also while the one before it is still shown.
    return Object.fromEntries(Object.entries(keys).map(([key, act]) => [key, () => Promise.resolve(this.choosing).then(act)]));
  }

  async enter() {
    this.place.hidden = false;
    if (!this.grid) {
      this.grid = new Grid(this.list, { index: this.index, columns: this.columns.map(column => ({ ...column, headerSort: false })), empty: this.empty, chosen: row => this.choose(row), more: { responsiveLayout: 'hide' } });
      const whole = this.actions.filter(action => !action.fits);
      this.tools.append(this.count, el('div', { class: 'spring' }), ...whole.map(action => this.button(action)));
    }
    await this.load();
  }

  leave() {
    this.place.hidden = true;
    this.asked = this.asking = undefined;
    this.leaveDetail();
  }

  async load() {
    const asked = this.asked = {};
    try {
      const rows = await this.fetch(Object.fromEntries(new FormData(this.tools)));
      if (asked !== this.asked) return;
      await this.grid.set(rows);
      if (asked !== this.asked) return;
      this.count.textContent = rows.length < this.most ? decimal(String(rows.length)) : `the first ${decimal(String(rows.length))}`;
      this.loaded(rows);
      if (!this.item) return;
      if (this.grid.get(this.item[this.index])) this.grid.choose(this.item[this.index]);
      // What is over has left the list, and is still what somebody looks at.
      else await this.choose(this.item);
    } catch (problem) {
      if (asked === this.asked) trouble(problem);
    }
  }

  loaded() {}

  choose(row) {
    const wanted = this.wanted = {};
    return this.choosing = Promise.resolve(this.one(row)).then(item => wanted === this.wanted && this.shown(item), problem => wanted === this.wanted && trouble(problem));
  }

  shown(item) {
    this.item = item;
    const buttons = this.actions.filter(action => action.fits?.(item)).map(action => this.button(action));
    const [header, ...rest] = this.draw(item);
    redraw(this.detail,
      el('header', {}, header, el('div', { class: 'spring' }), el('span', { class: 'buttons' }, buttons, el('button', { class: 'quiet', 'aria-label': 'Close', onclick: () => this.leaveDetail() }, '×'))),
      ...rest.flat(Infinity));
    this.grid.redraw();
  }

  button(action) {
    const why = this.why(action);
    return el('button', { class: action.tone, disabled: Boolean(why), title: why, onclick: () => this.act(action) }, `${action.label} `, el('kbd', {}, action.key));
  }

  why(action) {
    return this.may || action.anybody ? action.fits && this.item && action.blocked?.(this.item) : 'This is for operations.';
  }

  /** By button or key. Whoever may not is told why, as far as the page knows; the rest says the server. */
  async act(action) {
    if (action.fits && !(this.item && action.fits(this.item))) return;
    const why = this.why(action);
    if (why) {
      notice('bad', action.label, why);
      return;
    }
    if (!action.question) {
      await action.run(this.item);
      return;
    }
    // What is answered is about what was asked, whatever has been fetched since.
    const { item } = this;
    const asking = this.asking = {};
    let answer;
    try {
      const question = await action.question(item);
      if (asking !== this.asking) return;
      const done = await ask({ ...question, run: async values => { answer = await action.run(item, values); } });
      if (!done) return;
    } catch (problem) {
      if (asking === this.asking) trouble(problem);
      return;
    }
    if (action.done) notice('good', action.done);
    if (answer?.[this.index] !== undefined && item?.[this.index] === this.item?.[this.index]) this.item = answer;
    if (!this.place.hidden) await this.load();
  }

  escape() {
    this.leaveDetail();
  }

  leaveDetail() {
    this.item = this.wanted = undefined;
    redraw(this.detail);
    this.grid?.ready.then(() => {
      this.grid.tabulator.deselectRow();
      this.grid.redraw();
    });
  }
}

/** Why somebody decides; the server keeps it. */
export const reason = { name: 'reason', label: 'Reason' };
