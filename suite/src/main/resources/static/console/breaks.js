// Where others and we differ, most money at risk first.
import { all, get, post } from './api.js';
import { Grid, built, holds, numeric, text } from './grid.js';
import { ask, el, facts, moment, notice, short, table, tag, trouble, words } from './show.js';

export class Breaks {
  constructor(session) {
    this.session = session;
    this.grid = new Grid('#break-grid', {
      index: 'breakId', empty: 'No breaks. Everybody agrees with us, or nobody has been asked yet: see the reconciliation jobs.',
      chosen: each => this.choose(each.breakId),
      columns: [
        text('Break', 'breakId', { width: 52, cssClass: 'mono' }), text('Date', 'businessDate', { width: 86 }), built('Feed', 'feed', words, { minWidth: 128 }),
        built('Class', 'breakClass', words, { minWidth: 116 }), text('Account', 'accountId', { width: 68 }), text('Broker', 'brokerId', { width: 74 }),
        built('Instrument', 'instrumentId', (value, row) => value ?? row.isin ?? '', { minWidth: 98 }), text('Reference', 'reference', { cssClass: 'mono', minWidth: 166 }),
        text('Ours', 'ours', { minWidth: 132, hozAlign: 'right', headerHozAlign: 'right' }), text('Theirs', 'theirs', { minWidth: 164, hozAlign: 'right', headerHozAlign: 'right' }), text('Difference', 'difference', { minWidth: 86, hozAlign: 'right', headerHozAlign: 'right' }),
        numeric('At risk', 'moneyAtRisk', value => short(value, 2), { minWidth: 102 }), text('Ccy', 'baseCurrency', { width: 52 }), text('Since', 'firstSeen', { width: 86 }),
        built('Status', 'status', value => tag(value), { width: 76 }),
      ],
    });
    document.getElementById('break-filter').addEventListener('input', event => this.grid.filter(row => holds(row, event.target.value)));
    document.getElementById('break-closed').addEventListener('change', () => this.load());
  }

  enter() {
    return this.load();
  }

  leave() {}

  async load() {
    try {
      const closedToo = document.getElementById('break-closed').checked;
      const breaks = await all('/reconciliation/breaks', { status: closedToo ? undefined : 'OPEN' });
      await this.grid.set(breaks);
      document.getElementById('break-count').textContent = `${breaks.length} breaks`;
    } catch (problem) {
      trouble(problem);
    }
  }

  async choose(breakId) {
    this.breakId = breakId;
    try {
      const { break: found, comments } = await get(`/reconciliation/breaks/${encodeURIComponent(breakId)}`);
      if (breakId === this.breakId) this.draw(found, comments);
    } catch (problem) {
      trouble(problem);
    }
  }

  draw(found, comments) {
    this.found = found;
    const may = this.session.has('OPERATIONS');
    document.getElementById('break').replaceChildren(
      el('header', {}, el('b', {}, words(found.breakClass)), tag(found.status), el('span', { class: 'muted' }, `${words(found.feed)}, ${found.reference ?? ''}`), el('div', { class: 'spring' }),
        el('button', { disabled: !may || found.status === 'CLOSED', onclick: () => this.comment() }, 'Comment'),
        el('button', { class: 'danger', disabled: !may || found.status !== 'OPEN', onclick: () => this.close() }, 'Close the break ', el('kbd', {}, 'x')),
        el('button', { class: 'quiet', 'aria-label': 'Close', onclick: () => this.leaveDetail() }, '×')),
      facts([['Ours', found.ours], ['Theirs', found.theirs], ['Difference', found.difference], ['At risk', found.moneyAtRisk && `${short(found.moneyAtRisk, 2)} ${found.baseCurrency ?? ''}`],
        ['Account', found.accountId], ['Broker', found.brokerId], ['Instrument', found.instrumentId], ['ISIN', found.isin],
        ['First seen', found.firstSeen], ['Last seen', found.lastSeen], ['Owner', found.owner], ['Resolution', found.resolution && words(found.resolution)]]),
      el('h3', {}, 'Said about it'),
      table([{ title: 'When', of: each => moment(each.at) }, { title: 'Who', of: each => each.author }, { title: 'What', of: each => each.text }], comments, 'Nothing yet.'));
    this.grid.redraw();
  }

  leaveDetail() {
    this.breakId = undefined;
    this.grid.tabulator.deselectRow();
    document.getElementById('break').replaceChildren();
    this.grid.redraw();
  }

  comment() {
    return ask({
      title: 'Comment on the break', action: 'Comment', fields: [{ name: 'text', label: 'Comment' }],
      run: async ({ text: said }) => {
        const { break: found, comments } = await post(`/reconciliation/breaks/${encodeURIComponent(this.breakId)}/comments`, { text: said });
        this.draw(found, comments);
      },
    });
  }

  async close() {
    if (!this.breakId || this.found?.status !== 'OPEN' || !this.session.has('OPERATIONS')) return;
    const done = await ask({
      title: 'Close the break', action: 'Close it',
      fields: [{ name: 'resolution', label: 'Resolution', options: ['CORRECTED_BY_THEM', 'CORRECTED_BY_US', 'ACCEPTED', 'TIMING'] }, { name: 'reason', label: 'Reason' }],
      run: values => post(`/reconciliation/breaks/${encodeURIComponent(this.breakId)}/close`, values),
    });
    if (done) {
      notice('good', 'Closed', this.found.reference);
      this.leaveDetail();
      await this.load();
    }
  }
}
