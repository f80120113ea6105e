// Orders nobody knows the state of: two persons who have asked the broker say how one ended. And the brokers that get no orders.
import { all, get, post } from './api.js';
import { Grid, built, holds, numeric, text } from './grid.js';
import { Turns, ask, decimal, el, facts, moment, notice, redraw, short, table, tag, trouble, words } from './show.js';

const ENDS = ['FILLED', 'CANCELED', 'REJECTED', 'EXPIRED', 'DONE_FOR_DAY'];
const at = (name, more) => `/execution/${name}/${encodeURIComponent(more)}`;
const ending = ({ as, executed, average }) => `${words(as)}, ${decimal(executed)} executed${average ? ` at ${short(average, 6)}` : ''}`;

export class Unknown {
  /** @param counted is told how many there are, by broker */
  constructor(live, session, counted) {
    this.session = session;
    this.counted = counted;
    this.routes = new Map();
    this.turns = new Turns();
    this.brokers = new Map();
    this.grid = new Grid('#unknown-grid', {
      index: 'routeId', empty: 'None: of every order the broker has said how it is.',
      chosen: route => this.choose(route.routeId),
      columns: [
        text('Route', 'routeId', { cssClass: 'mono', minWidth: 128 }), text('Order', 'orderId', { cssClass: 'mono', minWidth: 128 }), text('Broker', 'brokerId', { width: 84 }),
        text('ClOrdID', 'clOrdId', { cssClass: 'mono', minWidth: 152 }), numeric('Quantity', 'quantity', decimal, { width: 84 }), numeric('Executed', 'executedQuantity', decimal, { width: 84 }),
        built('Since', 'since', moment, { width: 152 }), text('Why', 'why', { minWidth: 220, widthGrow: 3, tooltip: true }),
        text('Said so far', 'said', { minWidth: 200, widthGrow: 2, tooltip: true }),
      ],
    });
    live.on('ROUTE', route => {
      if (route.status === 'UNKNOWN' || this.routes.has(route.routeId)) this.soon();
    });
    document.getElementById('unknown-filter').addEventListener('input', event => this.grid.filter(row => holds(row, event.target.value)));
  }

  /** What happens to many of them at once is one request. */
  soon() {
    this.waiting ??= setTimeout(() => { this.waiting = undefined; this.load(); }, 300);
  }

  enter() {
    return this.load();
  }

  leave() {}

  async load() {
    const counts = this.turns.ask();
    try {
      const routes = await this.told(await all('/execution/routes', { status: 'UNKNOWN' }));
      if (!counts()) return;
      this.routes = new Map(routes.map(route => [route.routeId, route]));
      await this.grid.set(routes);
      document.getElementById('unknown-count').textContent = routes.length === 1 ? '1 order' : `${routes.length} orders`;
      const link = document.getElementById('unknown-open');
      link.hidden = !routes.length;
      link.textContent = `${routes.length} of unknown state`;
      this.counted(Map.groupBy(routes, route => route.brokerId));
      if (this.routes.has(this.routeId)) this.grid.choose(this.routeId);
      else if (this.routeId) this.leaveDetail();
    } catch (problem) {
      if (counts()) trouble(problem);
    }
  }

  /** Since when and who said what is in what was recorded about its order, asked for once for as long as it stays so. */
  async told(listed) {
    const changed = listed.filter(route => this.routes.get(route.routeId)?.unknownReason !== route.unknownReason);
    const orders = [...new Set(changed.map(route => route.orderId))];
    const recorded = new Map(await Promise.all(orders.map(async orderId => [orderId, (await get(`${at('orders', orderId)}/events`)).items])));
    return listed.map(route => {
      if (!changed.includes(route)) return { ...this.routes.get(route.routeId), ...route };
      const events = recorded.get(route.orderId).filter(event => event.stream === `route/${route.routeId}`);
      const became = events.findLast(event => event.type === 'route-unknown');
      const sayings = events.filter(event => event.type === 'route-end-stated' && event.seq > (became?.seq ?? 0));
      const why = became?.payload.reason ?? route.unknownReason;
      // With a saying that waits for a second one, the reason is longer than it was; the broker's own word ends the wait.
      const waits = why === route.unknownReason ? undefined : sayings.at(-1);
      return { ...route, why, since: became?.eventTime, sayings, said: waits && `${waits.actor}: ${ending(waits.payload)}` };
    });
  }

  choose(routeId) {
    this.routeId = routeId;
    const route = this.routes.get(routeId);
    if (route) this.draw(route);
  }

  draw(route) {
    redraw(document.getElementById('unknown-route'),
      el('header', {},
        el('b', { class: 'mono' }, route.routeId), el('b', {}, `${decimal(route.quantity)} at ${route.brokerId}`), tag(route.status),
        el('div', { class: 'spring' }),
        el('button', { disabled: !this.mayReconcile, onclick: () => this.reconcile(route.brokerId) }, `Ask ${route.brokerId} again `, el('kbd', {}, 'r')),
        el('button', { class: 'primary', disabled: !this.maySay, onclick: () => this.say() }, 'Say how it ended ', el('kbd', {}, 'e')),
        el('button', { class: 'quiet', 'aria-label': 'Close', onclick: () => this.leaveDetail() }, '×')),
      el('p', { class: 'muted' }, route.unknownReason),
      facts([['Order', route.orderId], ['ClOrdID', route.clOrdId], ['Price', decimal(route.price)], ['Executed, as reported', decimal(route.executedQuantity)], ['Average', short(route.averagePrice, 6)],
        ['Sent', moment(route.sentAt)], ['Acknowledged', moment(route.acknowledgedAt)], ['Unknown since', moment(route.since)]]),
      el('h3', {}, 'Said about it'),
      table([
        { title: 'When', of: each => moment(each.eventTime) }, { title: 'Who', of: each => each.actor },
        { title: 'How it ended', of: each => ending(each.payload) }, { title: 'Reason', of: each => each.reason },
      ], route.sayings, 'Nothing yet. Two persons have to say the same.'));
    this.grid.redraw();
  }

  leaveDetail() {
    this.routeId = undefined;
    this.grid.tabulator.deselectRow();
    redraw(document.getElementById('unknown-route'));
    this.grid.redraw();
  }

  get maySay() {
    return this.session.has('OPERATIONS', 'RISK');
  }

  get mayReconcile() {
    return this.session.has('TRADER', 'OPERATIONS', 'RISK');
  }

  async say() {
    const route = this.routes.get(this.routeId);
    if (!route || !this.maySay) return;
    let after;
    const done = await ask({
      title: `How did ${route.routeId} end?`,
      text: `${decimal(route.quantity)} at ${route.brokerId}, ${decimal(route.executedQuantity)} executed as reported. Say what the broker says. It ends so once two persons have said the same.`,
      action: 'Say so',
      fields: [
        { name: 'status', label: 'It ended as', options: ENDS },
        { name: 'executedQuantity', label: 'Executed in all', value: route.executedQuantity, inputmode: 'decimal' },
        { name: 'averagePrice', label: 'Average price of all, if more was executed than reported', required: false, inputmode: 'decimal' },
        { name: 'reason', label: 'Reason' },
      ],
      run: async ({ averagePrice, ...said }) => { after = await post(`${at('routes', route.routeId)}/end`, { ...said, averagePrice: averagePrice.trim() || undefined }); },
    });
    if (!done) return;
    notice('good', after.status === 'UNKNOWN' ? 'Waits for a second person' : `It is ${words(after.status)}`, after.routeId);
    await this.load();
  }

  // Brokers that get no orders

  /** Something about a broker is new. */
  broker(broker) {
    this.brokers.set(broker.brokerId, broker);
    const place = document.getElementById('gates');
    const shut = [...this.brokers.values()].filter(each => each.gate && each.gate !== 'OPEN').sort((a, b) => a.brokerId.localeCompare(b.brokerId));
    const drawn = JSON.stringify(shut.map(each => [each.brokerId, each.gate, each.gateSince, each.gateReason]));
    if (place.dataset.drawn === drawn) return;
    place.dataset.drawn = drawn;
    const button = (action, label, each, may) => el('button', { 'data-key': `${action} ${each.brokerId}`, disabled: !may, onclick: () => this[action](each.brokerId) }, label);
    redraw(place, ...(shut.length ? [
      el('h3', {}, 'Brokers that get no new orders'),
      table([
        { title: 'Broker', of: each => each.brokerId }, { title: 'Gate', of: each => tag(each.gate) }, { title: 'Since', of: each => moment(each.gateSince) },
        { title: 'Why', of: each => each.gateReason },
        { title: '', number: true, of: each => el('span', { class: 'buttons' }, button('reconcile', 'Reconcile', each, this.mayReconcile), button('open', 'Open', each, this.session.has('RISK'))) },
      ], shut, '')] : []));
    this.grid.redraw();
  }

  reconcile(brokerId = this.routes.get(this.routeId)?.brokerId) {
    if (!brokerId || !this.mayReconcile) return undefined;
    return this.gate(brokerId, 'reconcile', {
      title: `Ask ${brokerId} how its orders are?`, text: 'It gets no new orders until it has answered.', action: 'Ask now',
    });
  }

  open(brokerId) {
    return this.gate(brokerId, 'open', {
      title: `Give ${brokerId} orders again?`, text: 'What it has not answered for stays unknown until it or two persons say how it is.', action: 'Open',
    });
  }

  async gate(brokerId, step, question) {
    let after;
    const done = await ask({
      ...question, fields: [{ name: 'reason', label: 'Reason' }],
      run: async values => { after = await post(`${at('brokers', brokerId)}/${step}`, values); },
    });
    if (done) notice('good', `${brokerId} is ${words(after.gate)}`, after.gateReason);
  }
}
