// What waits for somebody of risk: who asked for what, which rules it breaks and by how much, and who may let it pass.
// A decision waits before it is an order; an amendment waits beside its order, which goes on as it is.
import { all, get, post } from './api.js';
import { Grid, built, holds, text } from './grid.js';
import { ask, decimal, el, facts, lasting, moment, notice, redraw, short, side, table, tag, trouble, words } from './show.js';

const EVERY_MS = 5000;
const KINDS = { DECISION: 'New order', AMENDMENT: 'Amendment' };
const waits = held => held.status === 'HELD';
/** What is beyond its limit, first; then what comes near it. */
const said = held => held.riskChecks.filter(check => check.verdict !== 'PASS').sort((a, b) => (b.verdict === 'BLOCK') - (a.verdict === 'BLOCK'));
// A share to look at: it decides nothing, so it needs no exact arithmetic.
const beyond = check => Number(check.limit) > 0 ? `${Math.round(100 * Number(check.measured) / Number(check.limit))} %` : '';
const priced = price => price ? decimal(price) : 'market';
const changes = (before, after, shown) => after === undefined || after === before ? shown(before) : `${shown(before)} → ${shown(after)}`;
const key = (kind, id) => `${kind} ${id}`;

const ofDecision = decision => ({
  key: key('DECISION', decision.decisionId), kind: 'DECISION', id: decision.decisionId, at: `/execution/decisions/${encodeURIComponent(decision.decisionId)}`,
  status: decision.status, hold: decision.hold, since: decision.receivedAt, by: decision.receivedBy, reason: decision.reason, of: decision,
  quantity: decimal(decision.quantity), price: priced(decision.limitPrice), refusals: decision.refusals ?? [], riskChecks: decision.riskChecks ?? [],
});

const ofOrder = order => {
  const asked = order.amendment;
  return {
    key: key('AMENDMENT', order.orderId), kind: 'AMENDMENT', id: order.orderId, at: `/execution/orders/${encodeURIComponent(order.orderId)}/amend`,
    status: asked.status, hold: asked.hold, since: asked.askedAt, by: asked.askedBy, reason: asked.reason, of: order,
    quantity: changes(asked.quantityBefore, asked.quantity, decimal), price: changes(asked.limitPriceBefore, asked.limitPrice, priced),
    end: asked.endTime && changes(asked.endTimeBefore, asked.endTime, moment), refusals: asked.refusals ?? [], riskChecks: asked.riskChecks ?? [],
  };
};

const what = held => held.kind === 'DECISION'
  ? `${held.of.side} ${held.quantity} ${held.of.instrumentId}`
  : `${held.of.side} ${held.of.instrumentId} ${[held.of.amendment.quantity && held.quantity, held.of.amendment.limitPrice && `at ${held.price}`, held.end && `until ${held.end}`].filter(Boolean).join(', ')}`;

export class Approvals {
  /** @param counted is told how many wait */
  constructor(live, session, counted) {
    this.session = session;
    this.counted = counted;
    this.held = new Map();
    this.grid = new Grid('#approval-grid', {
      index: 'key', sort: ['since', 'asc'], empty: 'Nothing waits for anybody.',
      chosen: row => this.choose(row.key),
      columns: [
        built('Asked at', 'since', moment, { width: 152 }), built('Waits', 'waited', lasting, { width: 84, sorter: 'number', hozAlign: 'right', headerHozAlign: 'right' }),
        built('Left', 'left', lasting, { width: 84, sorter: 'number', hozAlign: 'right', headerHozAlign: 'right' }), built('What', 'kind', kind => KINDS[kind], { width: 98 }),
        text('By', 'by', { minWidth: 90 }), text('Account', 'accountId', { width: 82 }), built('Side', 'side', side, { width: 56 }), built('Quantity', 'quantity', value => value, { minWidth: 118, hozAlign: 'right', headerHozAlign: 'right' }),
        text('Instrument', 'instrumentId', { minWidth: 104 }), built('Price', 'price', value => value, { minWidth: 110, hozAlign: 'right', headerHozAlign: 'right' }),
        built('Blocked by', 'codes', value => value, { minWidth: 180, widthGrow: 3, tooltip: true }),
      ],
    });
    live.on('DECISION', decision => this.news(ofDecision(decision)));
    live.on('ORDER', order => this.order(order));
    document.getElementById('approval-filter').addEventListener('input', event => this.grid.filter(row => holds(row, event.target.value)));
  }

  get mayPass() {
    return this.session.has('RISK');
  }

  mine(held) {
    return held.by === this.session.userName;
  }

  enter() {
    this.timer = setInterval(() => this.clock(), EVERY_MS);
    return this.load();
  }

  leave() {
    clearInterval(this.timer);
  }

  async load() {
    // What the stream says while the list is on its way is newer than the list.
    const asked = this.asked = { told: new Map() };
    try {
      const listed = await all('/execution/holds', {}, 1000);
      if (asked !== this.asked) return;
      this.asked = undefined;
      this.held = new Map(listed.map(each => each.kind === 'DECISION' ? ofDecision(each.decision) : ofOrder(each.order)).map(each => [each.key, each]));
      asked.told.forEach((held, key) => held ? this.held.set(key, held) : this.held.delete(key));
      await this.clock();
    } catch (problem) {
      if (!this.asked || asked === this.asked) trouble(problem);
    }
  }

  /** The business's own clock may differ from this machine's: how long something waits is measured by that one. */
  async clock() {
    try {
      if (this.held.size) this.now = (await get('/execution/limits')).at;
    } catch (problem) {
      trouble(problem);
    }
    await this.show();
  }

  /** An order says what waits of what was asked of it, and not which rules stop it: those are asked for, once. */
  async order(order) {
    const known = this.held.get(key('AMENDMENT', order.orderId));
    if (!order.amendment) {
      this.asked?.told.set(key('AMENDMENT', order.orderId), undefined);
      if (known) this.over(known);
    } else if (known?.hold.version !== order.amendment.hold.version) {
      try {
        const read = (await get(`/execution/orders/${encodeURIComponent(order.orderId)}`)).order;
        if (read.amendment) this.news(ofOrder(read));
      } catch (problem) {
        trouble(problem);
      }
    }
  }

  /** Somebody decided about it, or its order ended. */
  over(held) {
    this.asked?.told.set(held.key, undefined);
    this.held.delete(held.key);
    this.soon();
    if (held.key === this.chosen && this.drawn === 'HELD') this.draw({ ...held, status: 'DECIDED' });
  }

  news(held) {
    this.asked?.told.set(held.key, waits(held) ? held : undefined);
    if (waits(held)) this.held.set(held.key, held);
    else if (!this.held.delete(held.key)) return;
    this.soon();
    if (held.key === this.chosen) this.draw(held);
  }

  /** Many at once are drawn once. */
  soon() {
    this.waiting ??= setTimeout(() => { this.waiting = undefined; this.clock(); }, 200);
  }

  async show() {
    const rows = [...this.held.values()].map(held => ({
      key: held.key, kind: held.kind, since: held.since, by: held.by, quantity: held.quantity, price: held.price, accountId: held.of.accountId, side: held.of.side, instrumentId: held.of.instrumentId,
      waited: this.since(held.since), left: this.until(held.hold?.until), codes: held.refusals.map(refusal => words(refusal.code)).join(', '),
    }));
    const listed = JSON.stringify(rows.map(row => [row.key, this.held.get(row.key).hold?.version]));
    if (listed === this.listed) rows.forEach(row => this.grid.tabulator.updateData([{ key: row.key, waited: row.waited, left: row.left }]));
    else {
      this.listed = listed;
      await this.grid.set(rows);
      if (this.held.has(this.chosen)) this.grid.choose(this.chosen);
    }
    document.getElementById('approval-count').textContent = rows.length ? `${rows.length} ${rows.length === 1 ? 'waits' : 'wait'}` : '';
    this.counted(rows.length);
  }

  since(time) {
    return this.now && time ? Math.max(0, Math.round((Date.parse(this.now) - Date.parse(time)) / 1000)) : undefined;
  }

  until(time) {
    return this.now && time ? Math.max(0, Math.round((Date.parse(time) - Date.parse(this.now)) / 1000)) : undefined;
  }

  choose(chosen) {
    this.chosen = chosen;
    const held = this.held.get(chosen);
    if (held) this.draw(held);
  }

  draw(held) {
    this.drawn = held.status;
    const open = waits(held);
    const mine = this.mine(held);
    const yours = held.kind === 'DECISION' ? 'You handed it in' : 'You asked for it';
    const why = !open ? undefined
      : mine && this.mayPass ? `${yours}: somebody else of risk has to let it pass. You may withdraw it.`
      : mine ? `${yours}: only risk lets it pass. You may withdraw it.`
      : this.mayPass ? undefined : 'Only risk lets it pass or refuses it.';
    const ended = held.hold?.end && `${words(held.hold.end)} by ${held.hold.decidedBy ?? 'nobody'}, ${moment(held.hold.decidedAt)}${held.hold.decidedReason ? `: ${held.hold.decidedReason}` : ''}`;
    redraw(document.getElementById('approval'),
      el('header', {},
        el('b', { class: 'mono' }, held.id), el('b', {}, what(held)), tag(held.status), el('div', { class: 'spring' }),
        open && el('button', { class: 'primary', disabled: !this.mayPass || mine, title: why, onclick: () => this.pass() }, 'Let it pass ', el('kbd', {}, 'p')),
        open && el('button', { class: 'danger', disabled: !this.mayPass && !mine, title: this.mayPass || mine ? null : why, onclick: () => this.refuse() }, mine ? 'Withdraw it ' : 'Refuse it ', el('kbd', {}, 'x')),
        el('button', { class: 'quiet', 'aria-label': 'Close', onclick: () => this.leaveDetail() }, '×')),
      why ? el('p', { class: 'muted', id: 'approval-why' }, why) : '',
      facts([...this.about(held), ['Asked at', moment(held.since)], ['Refused if nobody decides by', moment(held.hold?.until)], ['Reason', held.reason], ['Ended', ended]]),
      el('h3', {}, 'What the rules say'),
      table([
        { title: '', of: check => tag(check.verdict) }, { title: 'Rule', of: check => words(check.rule) },
        { title: 'Measured', number: true, of: check => short(check.measured) }, { title: 'Limit', number: true, of: check => short(check.limit) }, { title: 'Unit', of: check => check.unit },
        { title: 'Of the limit', number: true, of: beyond }, { title: 'Whose, and what it saw', of: check => check.detail },
      ], said(held), 'Nothing.'));
    this.grid.redraw();
  }

  about(held) {
    const of = held.of;
    const whose = [['Trader', of.traderId], ['Account', of.accountId], ['Strategy', of.strategyId]];
    if (held.kind === 'DECISION') {
      return [['Handed in by', held.by], ...whose, ['Order', `${words(of.orderType)}${of.limitPrice ? ` at ${decimal(of.limitPrice)}` : ''}, ${words(of.algo)}`]];
    }
    return [['Asked for by', held.by], ...whose, ['Quantity', held.quantity], ['Limit price', held.price], ['End', held.end],
      ['The order now', `${words(of.status)}, ${decimal(of.executedQuantity)} executed; it goes on as it is and counts as the larger of the two`]];
  }

  leaveDetail() {
    this.chosen = undefined;
    this.grid.tabulator.deselectRow();
    redraw(document.getElementById('approval'));
    this.grid.redraw();
  }

  /** What a key cannot do here it says, rather than to do nothing. */
  refused(held, mayNot) {
    notice('warn', 'Not yours to decide', this.mine(held) && this.mayPass ? 'You asked for it: somebody else of risk has to let it pass.' : mayNot);
  }

  async pass() {
    const held = this.held.get(this.chosen);
    if (!held) return;
    if (!this.mayPass || this.mine(held)) {
      this.refused(held, 'Only risk lets it pass.');
      return;
    }
    let after;
    const done = await ask({
      title: `Let ${what(held)} pass?`,
      text: `${held.by} for ${held.of.accountId}. ${said(held).filter(check => check.verdict === 'BLOCK').map(check => `${words(check.rule)} ${short(check.measured)} of ${short(check.limit)} ${check.unit}`).join('; ')}. Once, for this ${held.kind === 'DECISION' ? 'decision' : 'amendment'}; every rule is asked again.`,
      action: 'Let it pass',
      fields: [{ name: 'reason', label: 'Reason' }],
      run: async ({ reason }) => { after = await post(`${held.at}/override`, { version: held.hold.version, reason }); },
    });
    if (done) this.decided(held, after);
  }

  async refuse() {
    const held = this.held.get(this.chosen);
    if (!held) return;
    if (!this.mayPass && !this.mine(held)) {
      this.refused(held, 'Only risk refuses it, or whoever asked for it withdraws it.');
      return;
    }
    const mine = this.mine(held);
    let after;
    const done = await ask({
      title: `${mine ? 'Withdraw' : 'Refuse'} ${what(held)}?`, text: `${held.by} for ${held.of.accountId}. ${held.kind === 'DECISION' ? 'No order comes of it.' : 'The order stays as it is.'}`, action: mine ? 'Withdraw it' : 'Refuse it',
      fields: [{ name: 'reason', label: 'Reason' }],
      run: async values => { after = await post(`${held.at}/refuse`, values); },
    });
    if (done) this.decided(held, after);
  }

  decided(held, answer) {
    const after = held.kind === 'DECISION' ? ofDecision(answer) : ofOrder(answer);
    const title = { ACCEPTED: 'It passed', HELD: 'It is held again', REFUSED: 'It is refused' }[after.status];
    notice(waits(after) ? 'warn' : 'good', title, waits(after) ? 'It breaks other rules by now, or the same ones further.' : what(after));
    this.news(after);
    // The stream may have been faster and not have known how it ended.
    if (after.key === this.chosen) this.draw(after);
  }
}
