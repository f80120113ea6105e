// What waits for somebody of risk: who asked for what, which rules it breaks and by how much, and who may let it pass.
import { all, get, post } from './api.js';
import { Grid, built, holds, numeric, text } from './grid.js';
import { ask, decimal, el, facts, lasting, moment, notice, short, side, table, tag, trouble, words } from './show.js';

const EVERY_MS = 5000;
const at = decisionId => `/execution/decisions/${encodeURIComponent(decisionId)}`;
const waits = decision => decision.status === 'HELD';
/** What is beyond its limit, first; then what comes near it. */
const said = decision => (decision.riskChecks ?? []).filter(check => check.verdict !== 'PASS')
  .sort((a, b) => (b.verdict === 'BLOCK') - (a.verdict === 'BLOCK'));
// A share to look at: it decides nothing, so it needs no exact arithmetic.
const beyond = check => Number(check.limit) > 0 ? `${Math.round(100 * Number(check.measured) / Number(check.limit))} %` : '';
const what = decision => `${decision.side} ${decimal(decision.quantity)} ${decision.instrumentId}`;

export class Approvals {
  /** @param counted is told how many wait */
  constructor(live, session, counted) {
    this.session = session;
    this.counted = counted;
    this.decisions = new Map();
    this.grid = new Grid('#approval-grid', {
      index: 'decisionId', sort: ['receivedAt', 'asc'], empty: 'Nothing waits for anybody.',
      chosen: row => this.choose(row.decisionId),
      columns: [
        built('Asked at', 'receivedAt', moment, { width: 152 }), built('Waits', 'waited', lasting, { width: 84, sorter: 'number', hozAlign: 'right', headerHozAlign: 'right' }),
        built('Left', 'left', lasting, { width: 84, sorter: 'number', hozAlign: 'right', headerHozAlign: 'right' }),
        text('By', 'receivedBy', { minWidth: 90 }), text('Account', 'accountId', { width: 82 }), built('Side', 'side', side, { width: 56 }), numeric('Quantity', 'quantity', decimal, { minWidth: 86 }),
        text('Instrument', 'instrumentId', { minWidth: 104 }), built('Price', 'price', value => value, { minWidth: 84, hozAlign: 'right', headerHozAlign: 'right' }),
        built('Blocked by', 'codes', value => value, { minWidth: 180, widthGrow: 3, tooltip: true }),
      ],
    });
    live.on('DECISION', decision => this.news(decision));
    document.getElementById('approval-filter').addEventListener('input', event => this.grid.filter(row => holds(row, event.target.value)));
  }

  get mayPass() {
    return this.session.has('RISK');
  }

  mine(decision) {
    return decision.receivedBy === this.session.userName;
  }

  enter() {
    this.timer = setInterval(() => this.clock(), EVERY_MS);
    return this.load();
  }

  leave() {
    clearInterval(this.timer);
  }

  async load() {
    try {
      const listed = await all('/execution/decisions', { status: 'HELD' }, 1000);
      // The list has no checks; each is asked for once for as long as it stays as it was.
      const held = await Promise.all(listed.map(decision => {
        const known = this.decisions.get(decision.decisionId);
        return known && known.hold?.version === decision.hold?.version ? known : get(at(decision.decisionId));
      }));
      this.decisions = new Map(held.filter(waits).map(decision => [decision.decisionId, decision]));
      await this.clock();
    } catch (problem) {
      trouble(problem);
    }
  }

  /** The business's own clock may differ from this machine's: how long something waits is measured by that one. */
  async clock() {
    try {
      if (this.decisions.size) this.now = (await get('/execution/limits')).at;
    } catch (problem) {
      trouble(problem);
    }
    await this.show();
  }

  news(decision) {
    const before = this.decisions.get(decision.decisionId);
    if (waits(decision)) this.decisions.set(decision.decisionId, decision);
    else if (before) this.decisions.delete(decision.decisionId);
    else return;
    this.soon();
    if (decision.decisionId === this.decisionId) this.draw(decision);
  }

  /** Many at once are drawn once. */
  soon() {
    this.waiting ??= setTimeout(() => { this.waiting = undefined; this.clock(); }, 200);
  }

  async show() {
    const rows = [...this.decisions.values()].map(decision => ({
      ...decision, waited: this.since(decision.receivedAt), left: this.until(decision.hold?.until),
      price: decision.limitPrice ? decimal(decision.limitPrice) : 'market', codes: (decision.refusals ?? []).map(refusal => words(refusal.code)).join(', '),
    }));
    const listed = JSON.stringify(rows.map(row => [row.decisionId, row.hold?.version]));
    if (listed === this.listed) rows.forEach(row => this.grid.tabulator.updateData([{ decisionId: row.decisionId, waited: row.waited, left: row.left }]));
    else {
      this.listed = listed;
      await this.grid.set(rows);
      if (this.decisions.has(this.decisionId)) this.grid.choose(this.decisionId);
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

  choose(decisionId) {
    this.decisionId = decisionId;
    const decision = this.decisions.get(decisionId);
    if (decision) this.draw(decision);
  }

  draw(decision) {
    const open = waits(decision);
    const mine = this.mine(decision);
    const why = !open ? undefined
      : mine && this.mayPass ? 'You handed it in: somebody else of risk has to let it pass. You may withdraw it.'
      : mine ? 'You handed it in: only risk lets it pass. You may withdraw it.'
      : this.mayPass ? undefined : 'Only risk lets it pass or refuses it.';
    document.getElementById('approval').replaceChildren(
      el('header', {},
        el('b', { class: 'mono' }, decision.decisionId), el('b', {}, what(decision)), tag(decision.status), el('div', { class: 'spring' }),
        open && el('button', { class: 'primary', disabled: !this.mayPass || mine, title: why, onclick: () => this.pass() }, 'Let it pass ', el('kbd', {}, 'p')),
        open && el('button', { class: 'danger', disabled: !this.mayPass && !mine, title: this.mayPass || mine ? null : why, onclick: () => this.refuse() }, mine ? 'Withdraw it ' : 'Refuse it ', el('kbd', {}, 'x')),
        el('button', { class: 'quiet', 'aria-label': 'Close', onclick: () => this.leaveDetail() }, '×')),
      why ? el('p', { class: 'muted', id: 'approval-why' }, why) : '',
      facts([['Handed in by', decision.receivedBy], ['Trader', decision.traderId], ['Account', decision.accountId], ['Strategy', decision.strategyId], ['Order', `${words(decision.orderType)}${decision.limitPrice ? ` at ${decimal(decision.limitPrice)}` : ''}, ${words(decision.algo)}`],
        ['Asked at', moment(decision.receivedAt)], ['Refused if nobody decides by', moment(decision.hold?.until)], ['Reason', decision.reason],
        ['Ended', decision.hold?.end && `${words(decision.hold.end)} by ${decision.hold.decidedBy ?? 'nobody'}, ${moment(decision.hold.decidedAt)}${decision.hold.decidedReason ? `: ${decision.hold.decidedReason}` : ''}`]]),
      el('h3', {}, 'What the rules say'),
      table([
        { title: '', of: check => tag(check.verdict) }, { title: 'Rule', of: check => words(check.rule) },
        { title: 'Measured', number: true, of: check => short(check.measured) }, { title: 'Limit', number: true, of: check => short(check.limit) }, { title: 'Unit', of: check => check.unit },
        { title: 'Of the limit', number: true, of: beyond }, { title: 'Whose, and what it saw', of: check => check.detail },
      ], said(decision), 'Nothing.'));
    this.grid.redraw();
  }

  leaveDetail() {
    this.decisionId = undefined;
    this.grid.tabulator.deselectRow();
    document.getElementById('approval').replaceChildren();
    this.grid.redraw();
  }

  /** What a key cannot do here it says, rather than to do nothing. */
  refused(decision, mayNot) {
    notice('warn', 'Not yours to decide', this.mine(decision) && this.mayPass ? 'You handed it in: somebody else of risk has to let it pass.' : mayNot);
  }

  async pass() {
    const decision = this.decisions.get(this.decisionId);
    if (!decision) return;
    if (!this.mayPass || this.mine(decision)) {
      this.refused(decision, 'Only risk lets it pass.');
      return;
    }
    let after;
    const done = await ask({
      title: `Let ${what(decision)} pass?`,
      text: `${decision.receivedBy} for ${decision.accountId}. ${said(decision).filter(check => check.verdict === 'BLOCK').map(check => `${words(check.rule)} ${short(check.measured)} of ${short(check.limit)} ${check.unit}`).join('; ')}. Once, for this decision; every rule is asked again.`,
      action: 'Let it pass',
      fields: [{ name: 'reason', label: 'Reason' }],
      run: async ({ reason }) => { after = await post(`${at(decision.decisionId)}/override`, { version: decision.hold.version, reason }); },
    });
    if (done) this.decided(after);
  }

  async refuse() {
    const decision = this.decisions.get(this.decisionId);
    if (!decision) return;
    if (!this.mayPass && !this.mine(decision)) {
      this.refused(decision, 'Only risk refuses it, or whoever handed it in withdraws it.');
      return;
    }
    const mine = this.mine(decision);
    let after;
    const done = await ask({
      title: `${mine ? 'Withdraw' : 'Refuse'} ${what(decision)}?`, text: `${decision.receivedBy} for ${decision.accountId}. No order comes of it.`, action: mine ? 'Withdraw it' : 'Refuse it',
      fields: [{ name: 'reason', label: 'Reason' }],
      run: async values => { after = await post(`${at(decision.decisionId)}/refuse`, values); },
    });
    if (done) this.decided(after);
  }

  decided(after) {
    const title = { ACCEPTED: 'It passed', HELD: 'It is held again', REFUSED: 'It is refused' }[after.status];
    notice(after.status === 'HELD' ? 'warn' : 'good', title, after.status === 'HELD' ? 'It breaks other rules by now, or the same ones further.' : what(after));
    this.news(after);
  }
}
