// Orders as they happen, and everything about the chosen one.
import { get, post } from './api.js';
import { Grid, built, holds, numeric, text } from './grid.js';
import { Turns, ask, decimal, el, facts, millis, moment, notice, redraw, short, side, table, tag, time, trouble, words } from './show.js';

const DONE = ['FILLED', 'CANCELLED', 'EXPIRED', 'REJECTED', 'DONE'];
const isDone = order => DONE.includes(order.status);

function filled(order) {
  // For a bar only: a share of a width needs no exact arithmetic.
  const share = Math.min(100, Math.floor(100 * Number(order.executedQuantity) / Number(order.quantity)));
  return el('div', { class: `done-bar ${share === 100 ? 'full' : ''}`, style: `--done:${share}%` }, el('i'), el('span', {}, `${share}%`));
}

export class Blotter {
  constructor(live, session) {
    this.session = session;
    this.show = 'all';
    this.turns = new Turns();
    this.grid = new Grid('#orders', {
      index: 'orderId',
      sort: ['decisionTime', 'desc'],
      empty: 'No orders yet. Press n for a new one.',
      chosen: order => this.choose(order),
      columns: [
        text('Order', 'orderId', { cssClass: 'mono', minWidth: 130 }),
        built('Time', 'decisionTime', value => time(value), { width: 72 }),
        text('Account', 'accountId', { width: 78 }),
        built('Side', 'side', side, { width: 58 }),
        text('Instrument', 'instrumentId', { minWidth: 100 }),
        numeric('Quantity', 'quantity', decimal, { minWidth: 84 }),
        numeric('Limit', 'limitPrice', decimal, { minWidth: 72 }),
        built('Algo', 'algo', words, { width: 86 }),
        built('Status', 'status', value => tag(value), { minWidth: 118 }),
        built('Filled', 'executedQuantity', (value, order) => filled(order), { minWidth: 110, headerSort: false }),
        numeric('Executed', 'executedQuantity', decimal, { minWidth: 84 }),
        numeric('Average', 'averagePrice', value => short(value), { minWidth: 84 }),
        text('Ccy', 'currency', { width: 52 }),
        text('Broker', 'brokerId', { width: 84 }),
        text('Strategy', 'strategyId', { minWidth: 84 }),
      ],
    });
    live.on('ORDER', order => this.changed(order));
    live.on('ROUTE', route => this.refreshIf(route.orderId));
    live.on('FILL', fill => this.refreshIf(fill.orderId));
    document.getElementById('order-filter').addEventListener('input', () => this.filter());
    document.getElementById('order-status').addEventListener('click', event => {
      const button = event.target.closest('button');
      if (!button) return;
      this.show = button.dataset.show;
      document.querySelectorAll('#order-status button').forEach(each => each.setAttribute('aria-pressed', each === button));
      this.filter();
    });
  }

  async load() {
    await this.grid.load(async () => (await get('/execution/orders', { limit: 1000 })).items);
    this.count();
  }

  changed(order) {
    this.grid.put(order);
    this.count();
    if (order.orderId === this.orderId) this.refreshIf(order.orderId);
  }

  count() {
    clearTimeout(this.counting);
    this.counting = setTimeout(() => {
      const orders = this.grid.tabulator.getData();
      const open = orders.filter(order => !isDone(order)).length;
      document.getElementById('order-count').textContent = `${orders.length} orders, ${open} open`;
    }, 100);
  }

  filter() {
    const typed = document.getElementById('order-filter').value;
    this.grid.filter(order => holds(order, typed)
      && (this.show === 'all' || (this.show === 'done') === isDone(order)));
  }

  async choose(order) {
    this.orderId = order.orderId;
    this.turns.drop();
    await this.refresh();
  }

  /** Many fills of one order are one redraw. */
  refreshIf(orderId) {
    if (orderId !== this.orderId || this.refreshing) return;
    this.refreshing = setTimeout(() => { this.refreshing = undefined; this.refresh(); }, 250);
  }

  async refresh() {
    const orderId = this.orderId;
    const place = document.getElementById('order');
    if (!orderId) return;
    const counts = this.turns.ask();
    try {
      const [{ order, routes }, fills, checked] = await Promise.all([
        get(`/execution/orders/${encodeURIComponent(orderId)}`),
        get('/execution/fills', { orderId, limit: 200 }),
        this.checkedOf(orderId),
      ]);
      if (!counts()) return;
      redraw(place, ...this.detail(order, routes, fills.items, checked));
      this.grid.redraw();
    } catch (problem) {
      if (counts()) trouble(problem);
    }
  }

  /** What was checked when the order was last decided or amended; asked again only when it was. */
  async checkedOf(orderId) {
    const { decisionId, quantity, limitPrice } = this.grid.get(orderId) ?? {};
    if (!decisionId) return {};
    const about = [orderId, quantity, limitPrice].join();
    if (this.checked?.about !== about) {
      const { items } = await get(`/execution/orders/${encodeURIComponent(orderId)}/checks`);
      this.checked = { about, ...items.findLast(item => item.subject !== 'CHILD') };
    }
    return this.checked;
  }

  detail(order, routes, fills, checked) {
    const open = !isDone(order) && this.session.has('TRADER');
    return [
      el('header', {},
        el('b', { class: 'mono' }, order.orderId), side(order.side), el('b', {}, `${decimal(order.quantity)} ${order.instrumentId}`), tag(order.status),
        el('div', { class: 'spring' }),
        el('button', { disabled: !open, onclick: () => this.amend() }, 'Amend ', el('kbd', {}, 'a')),
        el('button', { class: 'danger', disabled: !open, onclick: () => this.cancel() }, 'Cancel ', el('kbd', {}, 'x')),
        el('button', { class: 'quiet', 'aria-label': 'Close', onclick: () => this.close() }, '×')),
      facts([
        ['Executed', decimal(order.executedQuantity)], ['Average', short(order.averagePrice, 6)], ['Limit', decimal(order.limitPrice)],
        ['Algo', words(order.algo)], ['From', moment(order.startTime)], ['Until', moment(order.endTime)],
        ['Decided', moment(order.decisionTime)], ['At price', short(order.decisionPrice, 6)], ['Trader', order.traderId], ['ISIN', order.isin],
        ['Broker', order.brokerId], ['Chosen because', order.brokerReason], ['Ended', moment(order.endedAt)], ['Why', order.reason],
        ['Waits to be let pass', order.amendment && this.asked(order.amendment)],
      ]),
      el('div', { class: 'split' },
        el('div', {},
          el('h3', {}, 'Routes'),
          table([
            { title: 'ClOrdID', mono: true, of: route => route.clOrdId }, { title: 'Broker', of: route => route.brokerId },
            { title: 'Status', of: route => tag(route.status) }, { title: 'Quantity', number: true, of: route => decimal(route.quantity) },
            { title: 'Executed', number: true, of: route => decimal(route.executedQuantity) }, { title: 'Average', number: true, of: route => short(route.averagePrice, 6) },
            { title: 'Sent', of: route => millis(route.sentAt) }, { title: 'Refused because', of: route => route.rejectReason },
          ], routes, 'Nothing sent yet.'),
          el('h3', { style: 'margin-top:10px' }, 'Fills'),
          table([
            { title: 'Time', of: fill => millis(fill.transactTime) }, { title: 'Broker', of: fill => fill.brokerId },
            { title: 'Quantity', number: true, of: fill => decimal(fill.quantity) }, { title: 'Price', number: true, of: fill => decimal(fill.price) },
            { title: 'Bid', number: true, of: fill => decimal(fill.bid) }, { title: 'Ask', number: true, of: fill => decimal(fill.ask) },
            { title: 'Market', of: fill => fill.lastMkt }, { title: 'ExecID', mono: true, of: fill => fill.live ? fill.execId : `${fill.execId} (busted)` },
          ], fills, 'No fills yet.')),
        el('div', {},
          el('h3', {}, 'Pre-trade checks'),
          table([
            { title: 'Rule', of: check => words(check.rule) }, { title: 'Measured', number: true, of: check => short(check.measured) },
            { title: 'Limit', number: true, of: check => short(check.limit) }, { title: 'Unit', of: check => check.unit },
            { title: '', of: check => tag(check.verdict) },
          ], checked.checks ?? [], 'No checks recorded.'))),
    ];
  }

  /** What was asked of the order and somebody of risk has not decided about. */
  asked({ quantity, limitPrice, endTime, askedBy, refusals }) {
    const terms = [quantity && decimal(quantity), limitPrice && `at ${decimal(limitPrice)}`, endTime && `until ${moment(endTime)}`].filter(Boolean);
    return `${terms.join(', ')}, asked for by ${askedBy}: ${refusals.map(refusal => words(refusal.code)).join(', ')} (0)`;
  }

  close() {
    this.orderId = undefined;
    this.turns.drop();
    this.grid.tabulator.deselectRow();
    redraw(document.getElementById('order'));
    this.grid.redraw();
  }

  async cancel() {
    const order = this.grid.get(this.orderId);
    if (!order || isDone(order) || !this.session.has('TRADER')) return;
    const done = await ask({
      title: `Cancel ${order.orderId}?`,
      text: `${order.side} ${decimal(order.quantity)} ${order.instrumentId}, ${decimal(order.executedQuantity)} executed. Fills that are under way still count.`,
      action: 'Cancel the order',
      fields: [{ name: 'reason', label: 'Reason' }],
      run: async ({ reason }) => this.changed(await post(`/execution/orders/${encodeURIComponent(order.orderId)}/cancel`, { reason })),
    });
    if (done) notice('good', 'Cancel asked for', order.orderId);
  }

  async amend() {
    const order = this.grid.get(this.orderId);
    if (!order || isDone(order) || !this.session.has('TRADER')) return;
    let after;
    const done = await ask({
      title: `Amend ${order.orderId}`,
      text: `${order.side} ${order.instrumentId}, ${decimal(order.executedQuantity)} executed. What you leave as it is stays.`,
      action: 'Amend the order',
      fields: [
        { name: 'quantity', label: 'Quantity', value: order.quantity, inputmode: 'decimal' },
        ...(order.limitPrice ? [{ name: 'limitPrice', label: 'Limit price', value: order.limitPrice, inputmode: 'decimal' }] : []),
        { name: 'reason', label: 'Reason' },
      ],
      run: async ({ quantity, limitPrice, reason }) => {
        after = await post(`/execution/orders/${encodeURIComponent(order.orderId)}/amend`, {
          quantity: quantity === order.quantity ? undefined : quantity,
          limitPrice: limitPrice === order.limitPrice ? undefined : limitPrice,
          reason,
        });
        this.changed(after);
      },
    });
    if (!done) return;
    if (after.amendment) notice('warn', 'Held', `${order.orderId} goes on as it is. The amendment waits for somebody of risk to let it pass or to refuse it, on the approvals page (0).`);
    else notice('good', 'Amendment asked for', order.orderId);
  }
}
