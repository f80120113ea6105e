// Positions, cash and exposure. The stream says that something moved; the figures are then asked for once.
import { all, get } from './api.js';
import { Grid, built, numeric, text } from './grid.js';
import { amount, decimal, moment, short, trouble } from './show.js';

export class Positions {
  constructor(live) {
    this.positions = new Grid('#position-grid', {
      index: 'key', sort: ['accountId', 'asc'], empty: 'No positions.',
      columns: [
        text('Account', 'accountId', { width: 82 }), text('Instrument', 'instrumentId', { minWidth: 110 }), text('ISIN', 'isin', { cssClass: 'mono', minWidth: 100 }),
        numeric('Quantity', 'quantity', decimal, { minWidth: 94 }), numeric('Average cost', 'averageCost', value => short(value, 6), { minWidth: 108 }), text('Ccy', 'currency', { width: 52 }),
        numeric('Last', 'lastPrice', decimal, { minWidth: 82 }), numeric('Market value', 'marketValue', inCurrency, { minWidth: 108 }), numeric('Unrealised', 'unrealised', inCurrency, { minWidth: 92 }),
        built('Updated', 'updatedAt', moment, { minWidth: 150 }),
      ],
    });
    this.cash = new Grid('#cash-grid', {
      index: 'key', height: 'auto', sort: ['accountId', 'asc'], empty: 'No cash.',
      columns: [text('Account', 'accountId'), text('Ccy', 'currency', { width: 52 }), numeric('Balance', 'balance', inCurrency),
        numeric('Reserved', 'reserved', inCurrency), numeric('Available', 'available', inCurrency)],
    });
    this.exposure = new Grid('#exposure-grid', {
      index: 'accountId', height: 'auto', empty: 'No exposure.',
      columns: [text('Account', 'accountId', { width: 68 }), text('Ccy', 'currency', { width: 46 }), numeric('Long', 'longValue', value => short(value, 0), { minWidth: 98 }),
        numeric('Short', 'shortValue', value => short(value, 0), { minWidth: 54 }), numeric('Gross', 'gross', value => short(value, 0), { minWidth: 98 }), numeric('Net', 'net', value => short(value, 0), { minWidth: 98 })],
    });
    live.on('POSITION', position => this.positions.put(keyed(position)));
    live.on('CASH', cash => this.cash.put({ ...cash, key: `${cash.accountId} ${cash.currency}` }));
    live.on('FILL', () => this.soon());
  }

  soon() {
    if (!this.visible || this.waiting) return;
    this.waiting = setTimeout(() => { this.waiting = undefined; this.load(); }, 1000);
  }

  async load() {
    try {
      await Promise.all([
        this.positions.load(async () => (await all('/execution/positions')).map(keyed)),
        this.cash.load(async () => (await get('/execution/cash')).items.map(each => ({ ...each, key: `${each.accountId} ${each.currency}` }))),
        this.exposure.load(async () => (await get('/execution/exposure')).items),
      ]);
    } catch (problem) {
      trouble(problem);
    }
  }

  enter() {
    this.visible = true;
    return this.load();
  }

  leave() {
    this.visible = false;
  }
}

const inCurrency = (value, { currency }) => amount(value, currency);
const keyed = position => ({ ...position, key: `${position.accountId} ${position.instrumentId}` });
