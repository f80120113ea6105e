// What brokers executed and nobody here ordered: two persons say whose it is, or one tells the broker that we do not know it.
import { all, get, post } from './api.js';
import { Grid, built, holds, numeric, text } from './grid.js';
import { amount, ask, decimal, el, facts, millis, moment, notice, redraw, short, side, table, tag, trouble, words } from './show.js';

const REASONS = ['NO_MATCHING_ORDER', 'WRONG_SIDE', 'QUANTITY_EXCEEDS_ORDER', 'PRICE_EXCEEDS_LIMIT', 'UNKNOWN_SYMBOL', 'OTHER'];
const TONE = { WAITING: 'STARTED', UNBOOKED: 'FAILED', IN_SUSPENSE: 'HELD', CLAIMED: 'COMPLETED', OURS: 'COMPLETED' };
const isOpen = order => ['WAITING', 'UNBOOKED', 'IN_SUSPENSE'].includes(order.status);
const path = order => `/execution/external-orders/${encodeURIComponent(order.externalOrderId)}`;

export class External {
  constructor(live, session) {
    this.session = session;
    // What is booked to suspense moves a position; the list itself is not in the stream.
    live.on('POSITION', () => this.soon());
    this.grid = new Grid('#external-grid', {
      index: 'externalOrderId', empty: 'None: everything that brokers executed was ordered here.',
      chosen: order => this.choose(order.externalOrderId),
      columns: [
        text('Order', 'externalOrderId', { cssClass: 'mono', minWidth: 110 }), built('Heard', 'reportedAt', moment, { minWidth: 152 }), text('Broker', 'brokerId', { width: 84 }),
        text('ClOrdID', 'clOrdId', { cssClass: 'mono', minWidth: 110 }), built('Side', 'side', side, { width: 58 }),
        built('Instrument', 'instrumentId', (value, order) => value ?? order.symbol ?? order.isin ?? '', { minWidth: 100 }),
        numeric('Executed', 'quantity', decimal, { minWidth: 84 }), numeric('Average', 'averagePrice', value => short(value), { minWidth: 84 }), text('Ccy', 'currency', { width: 52 }),
        built('Status', 'status', value => tag(value, TONE[value]), { minWidth: 104 }), text('Booked to', 'accountId', { width: 86 }),
        text('Claimed for', 'claimedFor', { width: 92 }), text('By', 'claimedBy', { minWidth: 90 }), text('Approved by', 'approvedBy', { minWidth: 100 }),
      ],
    });
    document.getElementById('external-filter').addEventListener('input', event => this.grid.filter(row => holds(row, event.target.value)));
    document.getElementById('external-done').addEventListener('change', () => this.load());
  }

  soon() {
    this.waiting ??= setTimeout(() => { this.waiting = undefined; this.load(); }, 5000);
  }

  enter() {
    return this.load();
  }

  leave() {}

  async load() {
    try {
      let open;
      const listed = await this.grid.load(async () => {
        const orders = await all('/execution/external-orders');
        open = orders.filter(isOpen);
        return document.getElementById('external-done').checked ? orders : open;
      });
      if (!listed) return;
      if (this.externalOrderId && this.grid.get(this.externalOrderId)) this.grid.choose(this.externalOrderId);
      document.getElementById('external-count').textContent = `${open.length} open`;
      const link = document.getElementById('external-open');
      link.hidden = !open.length;
      link.textContent = `${open.length} not ordered here`;
    } catch (problem) {
      trouble(problem);
    }
  }

  choose(externalOrderId) {
    this.externalOrderId = externalOrderId;
    const asked = this.asked = {};
    return this.choosing = get(path({ externalOrderId })).then(order => asked === this.asked && this.draw(order), problem => asked === this.asked && trouble(problem));
  }

  draw(order) {
    this.found = order;
    const mayClaim = isOpen(order) && this.session.has('OPERATIONS', 'RISK');
    const mayDisown = order.status !== 'OURS' && this.session.has('OPERATIONS', 'RISK');
    const waits = order.claimedFor && !order.approvedBy && isOpen(order);
    redraw(document.getElementById('external-order'),
      el('header', {},
        el('b', { class: 'mono' }, order.externalOrderId), side(order.side),
        el('b', {}, `${decimal(order.quantity)} ${order.instrumentId ?? order.symbol ?? order.isin ?? ''}`), tag(order.status, TONE[order.status]),
        el('div', { class: 'spring' }),
        el('button', { disabled: !mayClaim, onclick: () => this.claim() }, waits ? 'Approve the claim ' : 'Claim ', el('kbd', {}, 'c')),
        el('button', { class: 'danger', disabled: !mayDisown, onclick: () => this.disown() }, 'We do not know it ', el('kbd', {}, 'd')),
        el('button', { class: 'quiet', 'aria-label': 'Close', onclick: () => this.leaveDetail() }, '×')),
      waits ? el('p', { class: 'muted' }, `${order.claimedBy} says it belongs to ${order.claimedFor}. Somebody else has to say the same before it is booked there.`) : '',
      facts([['Broker', order.brokerId], ['ClOrdID', order.clOrdId], ['OrderID', order.brokerOrderId], ['Symbol', order.symbol], ['ISIN', order.isin], ['Market', order.mic],
        ['Average', short(order.averagePrice, 6)], ['Account, as the broker has it', order.reportedAccount], ['Booked to', order.accountId],
        ['Claimed for', order.claimedFor], ['Claimed by', order.claimedBy], ['Approved by', order.approvedBy],
        ['Known by', words(order.origin)], ['Business date', order.businessDate], ['Trade date', order.tradeDate], ['Why', order.reason]]),
      el('h3', {}, 'Executions'),
      table([
        { title: 'Time', of: each => millis(each.transactTime) }, { title: 'ExecID', mono: true, of: each => each.live ? each.execId : `${each.execId} (taken back)` },
        { title: 'Quantity', number: true, of: each => decimal(each.quantity) }, { title: 'Price', number: true, of: each => decimal(each.price) },
        { title: 'Charges', number: true, of: each => amount(each.charges, order.currency) },
        { title: 'Told the broker', of: each => each.notSaid ? `could not be told: ${each.notSaid}` : words(each.dontKnow) },
      ], order.executions, 'None that we were told.'));
    this.grid.redraw();
  }

  leaveDetail() {
    this.externalOrderId = this.found = this.asked = undefined;
    this.grid.tabulator.deselectRow();
    redraw(document.getElementById('external-order'));
    this.grid.redraw();
  }

  async changed(order) {
    await this.load();
    // One that is over may have left the list, and is still what somebody looks at.
    if (order.externalOrderId === this.externalOrderId && !this.grid.get(order.externalOrderId)) await this.choose(order.externalOrderId);
  }

  async claim() {
    // A key is about the row that is chosen, also while the one before it is still shown.
    await this.choosing;
    const order = this.found;
    if (!order || !isOpen(order) || !this.session.has('OPERATIONS', 'RISK')) return;
    let after;
    const done = await ask({
      title: `Whose is ${order.externalOrderId}?`,
      text: `${order.side} ${decimal(order.quantity)} ${order.instrumentId ?? order.symbol ?? order.isin ?? ''}. It is booked there once two persons have said the same.`,
      action: order.claimedFor ? 'Say so' : 'Claim it',
      fields: [{ name: 'accountId', label: 'Account', value: order.claimedFor }, { name: 'reason', label: 'Reason' }],
      run: async values => { after = await post(`${path(order)}/claim`, values); },
    });
    if (!done) return;
    notice('good', after.status === 'CLAIMED' ? `Booked to ${after.accountId}` : 'Waits for a second person', after.externalOrderId);
    await this.changed(after);
  }

  async disown() {
    await this.choosing;
    const order = this.found;
    if (!order || order.status === 'OURS' || !this.session.has('OPERATIONS', 'RISK')) return;
    let after;
    const done = await ask({
      title: `Tell ${order.brokerId} that we do not know it?`,
      text: 'It stays booked until the broker takes it back.',
      action: 'Tell the broker',
      fields: [{ name: 'dkReason', label: 'Because', options: REASONS }, { name: 'reason', label: 'What the broker reads' }],
      run: async values => { after = await post(`${path(order)}/dk`, values); },
    });
    if (!done) return;
    notice('good', 'The broker is told', after.externalOrderId);
    await this.changed(after);
  }
}
