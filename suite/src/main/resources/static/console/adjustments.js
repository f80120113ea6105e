// What was written off: the lines that the ledger has to take.
import { all } from './api.js';
import { DeskPart } from './desk-part.js';
import { built, numeric, text } from './grid.js';
import { amount, el, facts, moment } from './show.js';

export class Adjustments extends DeskPart {
  /** @param show told of the break that somebody wants to see */
  constructor(session, show) {
    super(session, {
      name: 'written', title: 'Written off', index: 'adjustmentId', empty: 'Nothing was written off.',
      filters: [el('label', { class: 'inline' }, 'Business date ', el('input', { name: 'businessDate', type: 'date' }))],
      columns: [
        text('Adjustment', 'adjustmentId', { width: 92, cssClass: 'mono' }), text('Date', 'businessDate', { width: 92 }), text('Break', 'breakId', { width: 76, cssClass: 'mono' }), text('Account', 'accountId', { minWidth: 76 }), text('Instrument', 'instrumentId', { minWidth: 96 }),
        numeric('Amount', 'amount', (value, row) => `${amount(value, row.currency)} ${row.currency ?? ''}`, { minWidth: 120 }), numeric('In base currency', 'baseAmount', (value, row) => `${amount(value, row.baseCurrency)} ${row.baseCurrency}`, { minWidth: 128 }),
        built('', 'reverses', value => value ? el('span', { class: 'tag warn' }, `takes ${value} back`) : '', { width: 110 }), text('Asked by', 'askedBy', { minWidth: 88 }), text('Agreed by', 'approvedBy', { minWidth: 88 }), text('Reason', 'reason', { minWidth: 150, widthGrow: 2 }), built('Booked', 'bookedAt', moment, { width: 148 }),
      ],
    });
    this.show = show;
  }

  fetch({ businessDate }) {
    return all('/reconciliation/adjustments', { businessDate }, this.most);
  }

  get actions() {
    return [{ key: 'v', label: 'See the break', anybody: true, fits: () => true, run: each => this.show(each.breakId) }];
  }

  draw(each) {
    return [
      [el('b', {}, `${amount(each.amount, each.currency)} ${each.currency ?? ''}`), el('span', { class: 'muted' }, `theirs less ours, of break ${each.breakId}`)],
      facts([['Booked', moment(each.bookedAt)], ['Account', each.accountId], ['Instrument', each.instrumentId], ['In base currency', `${amount(each.baseAmount, each.baseCurrency)} ${each.baseCurrency}`], ['Asked by', each.askedBy], ['Agreed by', each.approvedBy], ['Takes back', each.reverses], ['Reason', each.reason]]),
    ];
  }
}
