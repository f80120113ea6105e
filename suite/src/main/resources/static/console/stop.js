// The stop button: who may trade how much, what became of what was cancelled, and who opens again.
import { get, idempotencyKey, post } from './api.js';
import { Grid, built, text } from './grid.js';
import { Turns, ask, decimal, el, facts, moment, notice, redraw, table, tag, time, trouble, words } from './show.js';

const SCOPE = [
  ['desk', 'Desk'], ['traderId', 'Trader'], ['clientId', 'Client'], ['accountId', 'Account'], ['strategyId', 'Strategy'],
  ['algo', 'Algorithm'], ['instrumentId', 'Instrument'], ['brokerId', 'Broker'], ['mic', 'Venue'],
];
const ALGORITHMS = ['IMMEDIATE', 'TWAP', 'VWAP'];
const at = switchId => `/execution/switches/${encodeURIComponent(switchId)}`;
const named = scope => SCOPE.filter(([name]) => scope[name]).map(([name, label]) => `${label} ${scope[name]}`).join(', ') || 'The firm';
const tone = state => ({ HALTED: 'BLOCK', REDUCING: 'WARN', ACTIVE: 'PASS' })[state];
const OUTCOMES = { CANCELLED: 'PASS', FILLED: 'WARN', ENDED: 'PASS', NEVER_LEFT: 'PASS', WAITING: 'NEW', NOT_ANSWERED: 'BLOCK', BROKER_DOWN: 'BLOCK', REFUSED: 'BLOCK', UNKNOWN: 'BLOCK' };

export class Stop {
  /** @param shown is told what restricts anybody at the moment */
  constructor(live, session, shown) {
    this.session = session;
    this.shown = shown;
    this.switches = new Map();
    this.breakers = new Map();
    this.turns = new Turns();
    this.grid = new Grid('#switch-grid', {
      index: 'switchId', empty: 'Nothing was ever stopped.',
      chosen: row => this.choose(row.switchId),
      columns: [
        built('State', 'state', state => tag(state, tone(state)), { width: 96 }), built('What', 'scope', scope => named(scope), { minWidth: 180, widthGrow: 2 }),
        text('Why', 'reason', { minWidth: 180, widthGrow: 2, tooltip: true }), text('By', 'setBy', { minWidth: 100 }), built('Since', 'since', moment, { width: 150 }),
        built('Reopening', 'reopening', asked => asked && `${words(asked.to)}, asked by ${asked.askedBy}`, { minWidth: 150, widthGrow: 1 }),
      ],
    });
    live.on('SWITCH', each => this.put(each));
    live.on('BREAKER', each => this.breaker(each));
    live.on('ROUTE', () => this.visible && this.chosen?.cancelling && this.reportSoon());
    this.form = document.getElementById('stop-form');
    this.form.addEventListener('submit', event => { event.preventDefault(); this.stop(); });
    this.form.addEventListener('input', () => this.say());
    this.form.hidden = !this.mayStop;
    this.key = idempotencyKey();
    if (!this.mayAny && this.mayStop) this.form.traderId.value = session.traderIds[0];
    this.say();
  }

  get mayAny() {
    return this.session.has('RISK', 'COMPLIANCE', 'ADMINISTRATOR');
  }

  get mayStop() {
    return this.mayAny || this.session.has('TRADER');
  }

  get chosen() {
    return this.switches.get(this.switchId);
  }

  async enter() {
    this.visible = true;
    this.form.querySelector('input[name="reason"]').focus({ preventScroll: true });
    await this.load();
    await this.names();
  }

  leave() {
    this.visible = false;
  }

  async load() {
    // What the stream says while the lists are on their way is newer than they are.
    const asked = this.asked = { switches: [], breakers: [] };
    try {
      const [switches, breakers] = await Promise.all([get('/execution/switches'), get('/execution/breakers')]);
      if (asked !== this.asked) return;
      this.switches = new Map([...switches.items, ...asked.switches].map(each => [each.switchId, each]));
      this.breakers = new Map([...breakers.items, ...asked.breakers].map(each => [each.breakerId, each]));
      this.asked = undefined;
      this.drawBreakers();
      this.tell();
      await this.grid.load(async () => [...this.switches.values()]);
      if (this.chosen) this.grid.choose(this.switchId);
    } catch (problem) {
      if (!this.asked || asked === this.asked) trouble(problem);
    }
  }

  /** What can be named is offered, once. */
  async names() {
    if (this.known) return;
    this.known = true;
    try {
      const [desk, brokers] = await Promise.all([get('/execution/accounts'), get('/execution/brokers')]);
      const offer = (id, values) => document.getElementById(id).replaceChildren(...values.map(value => el('option', { value })));
      offer('stop-traderId', desk.traders.map(each => each.traderId));
      offer('stop-accountId', desk.accounts.map(each => each.accountId));
      offer('stop-strategyId', desk.strategies.map(each => each.strategyId));
      offer('stop-brokerId', brokers.items.map(each => each.brokerId));
      offer('stop-algo', ALGORITHMS);
    } catch (problem) {
      this.known = false;
      trouble(problem);
    }
  }

  put(each) {
    this.asked?.switches.push(each);
    this.switches.set(each.switchId, each);
    // A row that is put keeps what it is not told.
    this.grid.put({ ...each, reopening: each.reopening ?? null });
    this.tell();
    if (each.switchId === this.switchId) this.reportSoon();
  }

  tell() {
    const restricting = [...this.switches.values()].filter(each => each.state !== 'ACTIVE');
    const waiting = restricting.filter(each => each.reopening).length;
    document.getElementById('stop-count').textContent = restricting.length ? `${restricting.length} stopped${waiting ? `, ${waiting} to approve` : ''}` : 'nothing is stopped';
    this.shown(restricting);
  }

  // Stopping

  scope() {
    return Object.fromEntries(SCOPE.map(([name]) => [name, this.form[name].value.trim()]).filter(([, value]) => value));
  }

  /** The button says what it will do. */
  say() {
    const halts = this.form.state.value === 'HALTED';
    document.getElementById('stop-now').replaceChildren(
      `${halts ? 'Stop' : 'Only reduce'}: ${named(this.scope())}${this.form.cancelling.checked ? ', and cancel what works' : ''} `, el('kbd', {}, 's'));
  }

  async stop() {
    const reason = this.form.reason.value.trim();
    if (!this.mayStop) return;
    if (!reason) {
      notice('warn', 'Say why', 'The reason is kept with the stop.');
      this.form.reason.focus();
      return;
    }
    const button = document.getElementById('stop-now');
    button.disabled = true;
    try {
      const after = await post('/execution/switches', { scope: this.scope(), state: this.form.state.value, cancelling: this.form.cancelling.checked, reason }, { 'Idempotency-Key': this.key });
      this.key = idempotencyKey();
      this.form.reason.value = '';
      this.put(after);
      notice(after.recorded ? 'good' : 'warn', `${named(after.scope)} is ${words(after.state)}`, after.recorded ? after.reason : 'It acts. Its record follows when the database answers again, and so do the cancels.');
      await this.grid.draw();
      this.grid.choose(after.switchId);
    } catch (problem) {
      // What was refused is another intent once it is mended; what was not answered is the same one.
      if (problem.status < 500) this.key = idempotencyKey();
      trouble(problem);
    } finally {
      button.disabled = false;
    }
  }

  // One switch and its report

  choose(switchId) {
    this.switchId = switchId;
    this.turns.drop();
    return this.report();
  }

  reportSoon() {
    this.waiting ??= setTimeout(() => { this.waiting = undefined; this.report(); }, 400);
  }

  async report() {
    if (!this.switchId) return;
    const counts = this.turns.ask();
    try {
      const report = await get(at(this.switchId));
      if (counts()) this.draw(report);
    } catch (problem) {
      if (counts()) trouble(problem);
    }
  }

  draw({ switch: each, complete, outcomes, items }) {
    const asked = each.reopening;
    const restricts = each.state !== 'ACTIVE';
    const mine = asked?.askedBy === this.session.userName;
    redraw(document.getElementById('switch'),
      el('header', {},
        el('b', {}, named(each.scope)), tag(each.state, tone(each.state)), each.automatic && tag('AUTOMATIC', 'WARN'), !each.recorded && tag('NOT_RECORDED_YET', 'WARN'),
        el('div', { class: 'spring' }),
        restricts && el('button', { disabled: !this.mayStop, onclick: () => this.reopen() }, 'Ask to open ', el('kbd', {}, 'o')),
        asked && el('button', { class: 'primary', disabled: !this.mayAny || mine, title: mine ? 'Somebody else has to approve' : null, onclick: () => this.approve() }, 'Approve ', el('kbd', {}, 'p')),
        el('button', { class: 'quiet', 'aria-label': 'Close', onclick: () => this.leaveDetail() }, '×')),
      facts([['Why', each.reason], ['By', each.setBy], ['Since', moment(each.since)], ['Times set', String(each.times)],
        ['Asked to open', asked && `${asked.askedBy} at ${time(asked.askedAt)}: ${words(asked.to)}. ${asked.reason}`]]),
      el('h3', {}, items.length ? `What it cancelled, ${complete ? 'all over' : 'not all over'}` : 'It cancelled nothing'),
      el('p', { class: 'outcomes' }, outcomes.map(count => el('span', {}, tag(count.outcome, OUTCOMES[count.outcome]), ` ${count.routes} `))),
      items.length ? table([
        { title: 'Outcome', of: row => tag(row.outcome, OUTCOMES[row.outcome]) }, { title: 'Route', mono: true, of: row => row.routeId }, { title: 'Broker', of: row => row.brokerId },
        { title: 'Quantity', number: true, of: row => decimal(row.quantity) }, { title: 'Executed before', number: true, of: row => decimal(row.executedBefore) },
        { title: 'Filled since', number: true, of: row => decimal(row.filledSince) }, { title: 'Cancelled', number: true, of: row => decimal(row.cancelled) }, { title: 'Over at', of: row => time(row.endedAt) },
      ], items.slice(0, 200), '') : '');
    this.grid.redraw();
  }

  leaveDetail() {
    this.switchId = undefined;
    this.turns.drop();
    this.grid.tabulator.deselectRow();
    redraw(document.getElementById('switch'));
    this.grid.redraw();
  }

  async reopen() {
    const each = this.chosen;
    if (!each || each.state === 'ACTIVE' || !this.mayStop) return;
    let after;
    const done = await ask({
      title: `Open ${named(each.scope)}?`, text: 'Somebody else has to approve. What waits is decided anew before it is sent.', action: 'Ask',
      fields: [{ name: 'to', label: 'To', options: each.state === 'HALTED' ? ['ACTIVE', 'REDUCING'] : ['ACTIVE'] }, { name: 'reason', label: 'Reason' }],
      run: async values => { after = await post(`${at(each.switchId)}/reopen`, values); },
    });
    if (!done) return;
    this.put(after);
    notice('good', 'Waits for a second person', named(after.scope));
  }

  async approve() {
    const each = this.chosen;
    if (!each?.reopening || !this.mayAny) return;
    let after;
    const done = await ask({
      title: `Approve that ${named(each.scope)} becomes ${words(each.reopening.to)}?`, text: `${each.reopening.askedBy} asked: ${each.reopening.reason}`, action: 'Approve',
      fields: [{ name: 'reason', label: 'Reason' }],
      run: async values => { after = await post(`${at(each.switchId)}/reopen/approve`, values); },
    });
    if (!done) return;
    this.put(after);
    notice('good', `${named(after.scope)} is ${words(after.state)}`, after.reason);
  }

  // Breakers

  breaker(each) {
    this.asked?.breakers.push(each);
    this.breakers.set(each.breakerId, each);
    this.drawBreakers();
  }

  drawBreakers() {
    const breakers = [...this.breakers.values()].sort((a, b) => a.breakerId.localeCompare(b.breakerId));
    redraw(document.getElementById('breakers'), table([
      { title: 'Breaker', of: each => `${words(each.kind)} ${each.of}` }, { title: 'State', of: each => tag(each.state, { CLOSED: 'PASS', OPEN: 'BLOCK', HALF_OPEN: 'WARN' }[each.state]) },
      { title: 'Since', of: each => moment(each.since) }, { title: 'Why', of: each => each.reason },
      { title: '', number: true, of: each => each.state === 'CLOSED' ? '' : el('button', { 'data-key': each.breakerId, disabled: !this.mayAny, onclick: () => this.reset(each) }, 'Reset') },
    ], breakers, 'None was ever open.'));
  }

  async reset(each) {
    let after;
    const done = await ask({
      title: `Reset the breaker of ${words(each.kind)} ${each.of}?`, text: `It opened because: ${each.reason}`, action: 'Reset', fields: [{ name: 'reason', label: 'Reason' }],
      run: async values => { after = await post(`/execution/breakers/${encodeURIComponent(each.breakerId)}/reset`, values); },
    });
    if (!done) return;
    this.breaker(after);
    notice('good', `${words(after.kind)} ${after.of}`, `is ${words(after.state)}`);
  }
}
