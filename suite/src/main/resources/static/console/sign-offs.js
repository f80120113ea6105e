// Who stands for a reconciled day.
import { get, post } from './api.js';
import { ask, decimal, el, moment, redraw, short, table, tag, trouble, words } from './show.js';

const STATES = { SIGNED: 'COMPLETED', WAITING: 'HELD', REOPENED: 'REFUSED' };

export class SignOffs {
  /** @param asOf the date that the desk stands at */
  constructor(session, feeds, asOf) {
    Object.assign(this, { session, feeds, asOf });
    this.date = el('input', { type: 'date', onchange: () => this.load() });
    this.list = el('div', { 'aria-live': 'polite' });
    this.place = el('div', { class: 'part listing', 'data-part': 'signoff', hidden: true }, el('label', { class: 'inline' }, 'Business date ', this.date), this.list,
      el('p', { class: 'muted' }, 'Figures are those of the signature. Where a material break is open it takes two persons. The sheets are made by the reporting jobs break-sheet and sign-off-sheet.'));
    document.getElementById('break-parts').append(this.place);
  }

  get may() {
    return this.session.has('OPERATIONS');
  }

  keys = {};

  enter() {
    this.place.hidden = false;
    return this.load();
  }

  leave() {
    this.place.hidden = true;
  }

  escape() {}

  async load() {
    // What was asked before has another date: its answer comes too late.
    const asked = this.asked = {};
    this.list.setAttribute('aria-busy', 'true');
    try {
      // Nobody types a date that would be written over.
      this.date.disabled = !this.date.value;
      const date = this.date.value || await this.asOf() || document.getElementById('job-date').value;
      this.date.disabled = false;
      if (asked !== this.asked) return;
      this.date.value = date;
      const { items } = await get('/reconciliation/sign-offs', { businessDate: date });
      if (asked === this.asked) this.draw(date, items);
    } catch (problem) {
      if (asked === this.asked) trouble(problem);
    } finally {
      this.date.disabled = false;
      if (asked === this.asked) this.list.removeAttribute('aria-busy');
    }
  }

  draw(date, items) {
    const rows = this.feeds.map(feed => ({ feed, ...items.find(each => each.feed === feed) }));
    redraw(this.list, table([
      { title: 'Feed', of: each => words(each.feed) }, { title: 'State', of: each => each.status ? tag(each.status, STATES[each.status]) : el('span', { class: 'muted' }, 'not signed') },
      { title: 'Open', number: true, of: each => each.status && decimal(String(each.openBreaks)) }, { title: 'Material', number: true, of: each => each.status && decimal(String(each.materialBreaks)) },
      { title: 'At risk', number: true, of: each => each.status && `${short(each.firmMoney, 2)} ${each.firmCurrency}` }, { title: 'First signature', of: each => each.askedBy && `${each.askedBy}, ${moment(each.askedAt)}` }, { title: 'Signed', of: each => each.signedBy && `${each.signedBy}, ${moment(each.signedAt)}` },
      { title: 'Said', of: each => each.reopenedWhy ?? each.reason },
      { title: '', of: each => each.status === 'SIGNED' ? '' : el('button', { 'data-key': each.feed, disabled: !this.may || each.status === 'WAITING' && each.askedBy === this.session.userName, onclick: () => this.sign(date, each) }, each.status === 'WAITING' ? 'Sign as the second person' : 'Sign') },
    ], rows, ''));
  }

  async sign(businessDate, { feed }) {
    const done = await ask({
      title: `Sign off ${words(feed)} of ${businessDate}`, action: 'Sign', fields: [{ name: 'reason', label: 'What there is to say', required: false }],
      run: ({ reason }) => post('/reconciliation/sign-offs', { businessDate, feed, ...(reason && { reason }) }),
    });
    if (done) await this.load();
  }
}
