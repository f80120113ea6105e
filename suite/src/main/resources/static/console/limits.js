// The limits that hold, and their changes: one person proposes, another one approves or rejects.
import { all, get, post } from './api.js';
import { Grid, built, holds, numeric, text } from './grid.js';
import { Turns, ask, decimal, el, moment, notice, redraw, short, table, tag, time, trouble, words } from './show.js';

const SCOPES = ['FIRM', 'DESK', 'TRADER', 'CLIENT', 'PORTFOLIO', 'ACCOUNT', 'STRATEGY', 'ASSET_CLASS', 'MARKET', 'INSTRUMENT', 'BROKER'];
const TONE = { PROPOSED: 'HELD', APPROVED: 'COMPLETED', REJECTED: 'REJECTED', WITHDRAWN: 'CANCELLED' };
const SOON_MS = 150;
const DECIDE = { approve: { verb: 'Approve', done: 'Approved' }, reject: { verb: 'Reject', done: 'Rejected' }, withdraw: { verb: 'Withdraw', done: 'Withdrawn' } };
const USUAL_WARNING = 0.8;
// Widths and marks only: what is decided is decided by exact figures elsewhere.
const part = (value, of) => Number(of) > 0 ? Math.max(0, Number(value) / Number(of)) : Number(value) > 0 ? Infinity : 0;
/** A window of seconds is full when the same came again just when it had passed, and above that when it came sooner. */
const used = (item, value) => item.unit === 'SECONDS' ? part(item.limit, Math.max(Number(value), 0.001)) : part(value, item.limit);
/** Of a large figure the fraction says nothing to the eye. */
const figure = value => short(value, /^-?\d{5,}/.test(value) ? 0 : 2);
// A scale that ends at a quarter beyond the limit, so that the mark of the limit is the same line in every row.
const FULL_SCALE = 1.25;
const width = share => `${(100 * Math.min(share, FULL_SCALE) / FULL_SCALE).toFixed(2)}%`;

/** How full a limit is: a bar, with a mark where it warns and one where it blocks, and a thin line for the most so far. */
function bar(use) {
  const level = use.verdict === 'BLOCK' || use.share > 1 ? 'bad' : use.verdict === 'WARN' || use.share > use.warns ? 'warn' : 'good';
  return el('div', { class: `use ${level}${use.most > 1 ? ' over' : ''}`, role: 'meter', 'aria-valuemin': '0', 'aria-valuemax': '100', 'aria-valuenow': String(use.percent), 'aria-label': `${words(use.rule)} of ${use.whose}: ${use.percent} percent used, warns at ${Math.round(100 * use.warns)} percent`, style: `--used:${width(use.share)};--peak:${width(use.most)};--warns:${width(use.warns)};--blocks:${width(1)}` },
    el('i'), el('u'), el('s', { title: 'Warns here' }), el('b', { title: 'Blocks here' }));
}
const key = limit => `${limit.rule} ${limit.scope} ${limit.scopeId ?? ''}`;
const whose = limit => limit.scope === 'FIRM' ? 'firm' : `${words(limit.scope)} ${limit.scopeId}`;
const unit = of => words(of).replace('per second', '/s').replace('money', '');
const worth = (value, of) => value === undefined ? 'none' : `${decimal(value)} ${/^[A-Z]{3}$/.test(of) && of !== 'BPS' ? of : unit(of)}`;
const utc = typed => typed ? `${typed.length === 16 ? `${typed}:00` : typed}Z` : undefined;

export class Limits {
  constructor(live, session) {
    this.session = session;
    this.turns = new Turns();
    this.uses = new Turns();
    this.bars = new Grid('#use-grid', {
      index: 'key', sort: ['percent', 'desc'], empty: 'No order was measured against a limit yet.',
      columns: [
        built('Rule', 'rule', words, { minWidth: 160, widthGrow: 2 }), built('Holds', 'whose', value => value, { minWidth: 146, widthGrow: 1 }),
        built('Use: warns, blocks', 'use', value => bar(value), { minWidth: 170, widthGrow: 4, headerSort: false }),
        numeric('Used', 'percent', value => `${value} %`, { width: 78 }), numeric('Most', 'mostPercent', value => `${value} %`, { width: 78 }),
        numeric('Measured', 'measured', figure, { minWidth: 112 }), numeric('Limit', 'limit', figure, { minWidth: 116 }), built('Unit', 'unit', value => /^[A-Z]{3}$/.test(value) ? value : unit(value), { width: 64 }),
        built('', 'verdict', value => tag(value), { width: 64 }), built('At', 'checkedAt', time, { width: 70 }),
      ],
    });
    // A decision says that something is fuller than it was; the figures are then asked for once.
    live.on('DECISION', () => this.soon());
    document.getElementById('limit-as').addEventListener('click', event => {
      const button = event.target.closest('button');
      if (button) this.toggle(button.dataset.show);
    });
    this.grid = new Grid('#limit-grid', {
      index: 'key', empty: 'No limit holds: every order is refused.',
      chosen: limit => this.choose(limit),
      columns: [
        built('Rule', 'rule', words, { minWidth: 172, widthGrow: 2 }), built('Holds', 'whose', value => value, { minWidth: 136 }),
        numeric('Limit', 'value', decimal, { minWidth: 122 }), built('Unit', 'unit', value => /^[A-Z]{3}$/.test(value) ? value : unit(value), { width: 68 }),
        numeric('Warns at', 'warnAt', decimal, { minWidth: 80 }),
        built('Since', 'validFrom', moment, { minWidth: 150 }), built('Until', 'validUntil', moment, { minWidth: 150 }),
        text('Proposed by', 'enteredBy', { minWidth: 92 }), text('Approved by', 'approvedBy', { minWidth: 94 }),
      ],
    });
    document.getElementById('limit-filter').addEventListener('input', () => this.narrow());
    document.getElementById('limit-scope').replaceChildren(el('option', { value: '' }, 'all'), ...SCOPES.map(scope => el('option', { value: scope }, words(scope))));
    document.getElementById('limit-scope').addEventListener('change', () => this.narrow());
    document.getElementById('limit-decided').addEventListener('change', () => this.draw());
    document.getElementById('limit-propose').addEventListener('click', () => this.propose());
    for (const kind of ['LIMITS', 'LIMIT_CHANGE', 'OPEN']) live.on(kind, () => { this.loadSoon(); this.soon(); });
  }

  /** What is on the page: the limits, or how full they are. */
  get shown() {
    return this.full ? this.bars : this.grid;
  }

  toggle(what = this.full ? 'table' : 'bars') {
    this.full = what === 'bars';
    document.querySelectorAll('#limit-as button').forEach(each => each.setAttribute('aria-pressed', String(each.dataset.show === what)));
    document.getElementById('limit-grid').hidden = this.full;
    document.getElementById('use-grid').hidden = !this.full;
    this.leaveDetail();
    if (this.full) return this.use();
    return undefined;
  }

  soon() {
    if (!this.visible || !this.full) return;
    this.waiting ??= setTimeout(() => { this.waiting = undefined; this.use(); }, 500);
  }

  async use() {
    const counts = this.uses.ask();
    try {
      const { items } = await get('/execution/limits/utilisation');
      if (!counts()) return;
      const rows = items.map(item => {
        const use = { rule: item.rule, verdict: item.verdict, whose: whose({ scope: item.limitScope, scopeId: item.limitScopeId }), share: used(item, item.measured), most: used(item, item.peak), warns: item.warnAt === undefined ? USUAL_WARNING : part(item.warnAt, item.limit) };
        use.percent = Number.isFinite(use.share) ? Math.round(1000 * use.share) / 10 : 999.9;
        return { ...item, scope: item.limitScope, key: `${item.rule} ${item.limitScope} ${item.limitScopeId} ${item.unit}`, whose: use.whose, use, percent: use.percent, mostPercent: Number.isFinite(use.most) ? Math.round(1000 * use.most) / 10 : 999.9 };
      });
      const said = JSON.stringify(rows);
      if (said === this.used) return;
      this.used = said;
      await this.bars.set(rows);
      this.bars.sortSoon();
    } catch (problem) {
      if (counts()) trouble(problem);
    }
  }

  enter() {
    this.visible = true;
    if (this.full) this.use();
    return this.load();
  }

  leave() {
    this.visible = false;
  }

  // An approval is told twice: when it is decided, and when the engine holds orders to it.
  loadSoon() {
    if (!this.visible) return;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.load(), SOON_MS);
  }

  narrow() {
    const scope = document.getElementById('limit-scope').value;
    const typed = document.getElementById('limit-filter').value;
    this.bars.filter(use => (!scope || use.scope === scope) && holds({ rule: words(use.rule), whose: use.whose }, typed));
    this.grid.filter(limit => (!scope || limit.scope === scope) && holds({ rule: words(limit.rule), whose: limit.whose, by: limit.enteredBy, approvedBy: limit.approvedBy ?? '' }, typed));
  }

  async load() {
    const counts = this.turns.ask();
    try {
      const [limits, changes] = await Promise.all([get('/execution/limits'), all('/execution/limit-changes', {}, 1000)]);
      if (!counts()) return;
      this.version = limits.version;
      this.changes = changes;
      const rows = limits.items.map(limit => ({ ...limit, key: key(limit), whose: whose(limit) }));
      this.rules = [...new Set(rows.map(limit => limit.rule))].sort();
      // Rows that say the same are left where they are, so that the chosen one stays chosen.
      const said = JSON.stringify(rows);
      if (said !== this.said) {
        this.said = said;
        const chosen = this.chosen?.key;
        await this.grid.set(rows);
        if (chosen && this.grid.get(chosen)) this.grid.choose(chosen);
      }
      document.getElementById('limit-count').textContent = `${rows.length} limits, version ${limits.version}`;
      this.draw();
    } catch (problem) {
      if (counts()) trouble(problem);
    }
  }

  draw() {
    const waiting = this.changes.filter(change => change.status === 'PROPOSED');
    const shown = document.getElementById('limit-decided').checked ? this.changes : waiting;
    document.getElementById('limit-waiting').textContent = waiting.length ? `${waiting.length} waiting` : '';
    const said = JSON.stringify(shown);
    // What a person is about to press does not move under the pointer.
    if (said === this.drawn) return;
    this.drawn = said;
    redraw(document.getElementById('limit-changes'), ...shown.length ? shown.map(change => this.card(change)) : [el('p', { class: 'muted' }, 'Nothing waits for a second person.')]);
  }

  card(change) {
    const own = change.proposedBy === this.session.userName;
    const may = this.session.has('RISK', 'COMPLIANCE');
    return el('article', { class: 'change', 'data-change': change.changeId },
      el('header', {}, el('b', {}, `Change ${change.changeId}`), tag(change.status, TONE[change.status]), el('div', { class: 'spring' }),
        change.status === 'PROPOSED' && own && this.session.has('RISK') && el('span', { class: 'buttons' }, el('button', { 'data-key': `withdraw ${change.changeId}`, onclick: () => this.decide(change, 'withdraw') }, 'Withdraw')),
        change.status === 'PROPOSED' && may && el('span', { class: 'buttons' },
          el('button', { 'data-key': `approve ${change.changeId}`, class: 'primary', disabled: own, title: own ? 'You proposed it: somebody else has to approve it.' : null, onclick: () => this.decide(change, 'approve') }, 'Approve'),
          el('button', { 'data-key': `reject ${change.changeId}`, class: 'danger', disabled: own, title: own ? 'You proposed it: somebody else has to reject it.' : null, onclick: () => this.decide(change, 'reject') }, 'Reject'))),
      el('ul', {}, change.items.map(item => el('li', {}, el('b', {}, words(item.rule)), ` of ${whose(item)}: `,
        el('span', { class: 'muted' }, worth(item.before, item.unit)), ' → ', el('b', {}, item.value === undefined ? 'ends' : worth(item.value, item.unit))))),
      (change.validFrom || change.validUntil) && el('p', {}, [change.validFrom && `from ${moment(change.validFrom)}`, change.validUntil && `until ${moment(change.validUntil)}, then as before`].filter(Boolean).join(', ')),
      el('p', {}, change.reason),
      el('p', { class: 'muted' }, `proposed by ${change.proposedBy}, ${moment(change.proposedAt)}`),
      change.decidedBy && el('p', { class: 'muted' }, `${words(change.status)} by ${change.decidedBy}, ${moment(change.decidedAt)}: ${change.decisionReason}`));
  }

  async choose(limit) {
    this.chosen = limit;
    const wanted = this.wanted = {};
    try {
      const versions = await get('/execution/limit-versions', { rule: limit.rule, scope: limit.scope, scopeId: limit.scopeId });
      if (wanted !== this.wanted) return;
      redraw(document.getElementById('limit'),
        el('header', {}, el('b', {}, words(limit.rule)), el('span', {}, limit.whose), el('div', { class: 'spring' }),
          el('button', { disabled: !this.session.has('RISK'), onclick: () => this.propose() }, 'Propose another ', el('kbd', {}, 'p')),
          el('button', { class: 'quiet', 'aria-label': 'Close', onclick: () => this.leaveDetail() }, '×')),
        table([
          { title: 'Limit', number: true, of: each => worth(each.value, each.unit) }, { title: 'Since', of: each => moment(each.validFrom) },
          { title: 'Until', of: each => moment(each.validUntil) }, { title: 'Proposed by', of: each => each.enteredBy },
          { title: 'Approved by', of: each => each.approvedBy ?? 'imported' }, { title: 'Change', of: each => each.changeId === undefined ? '' : String(each.changeId) }, { title: 'Why', of: each => each.reason },
        ], versions.items.toReversed(), 'None.'));
      this.grid.redraw();
    } catch (problem) {
      if (wanted === this.wanted) trouble(problem);
    }
  }

  leaveDetail() {
    this.chosen = this.wanted = undefined;
    this.grid.tabulator.deselectRow();
    redraw(document.getElementById('limit'));
    this.shown.redraw();
  }

  async propose() {
    if (!this.session.has('RISK') || this.version === undefined) return;
    const limit = this.chosen ?? {};
    let change;
    const done = await ask({
      title: 'Propose a limit',
      text: 'It holds as soon as somebody else approves it. With an end it returns to what it was, by itself. Without a value the limit ends. Times are UTC.',
      action: 'Propose it',
      fields: [
        { name: 'rule', label: 'Rule', options: this.rules, value: limit.rule }, { name: 'scope', label: 'Holds', options: SCOPES, value: limit.scope },
        { name: 'scopeId', label: 'Which one; empty for the firm', value: limit.scopeId, required: false },
        { name: 'value', label: 'Limit', value: limit.value, required: false, inputmode: 'decimal' },
        { name: 'unit', label: 'Currency, of an amount of money', value: /^[A-Z]{3}$/.test(limit.unit ?? '') && limit.unit !== 'BPS' ? limit.unit : '', required: false },
        { name: 'warnAt', label: 'Warns at; empty for 80 percent', required: false, inputmode: 'decimal' },
        { name: 'validFrom', label: 'From; empty for at once', type: 'datetime-local', required: false },
        { name: 'validUntil', label: 'Until; empty for a change that stays', type: 'datetime-local', required: false },
        { name: 'reason', label: 'Reason' },
      ],
      run: async values => {
        const given = name => values[name].trim() || undefined;
        change = await post('/execution/limit-changes', {
          version: this.version, reason: values.reason, validFrom: utc(values.validFrom), validUntil: utc(values.validUntil),
          items: [{ rule: values.rule, scope: values.scope, scopeId: given('scopeId'), value: given('value'), unit: given('unit'), warnAt: given('warnAt') }],
        });
      },
    });
    if (!done) return;
    notice('good', 'Proposed', `Change ${change.changeId} waits for somebody else to approve it.`);
    await this.load();
  }

  async decide(change, how) {
    let after;
    const done = await ask({
      title: `${DECIDE[how].verb} change ${change.changeId}?`,
      text: `${change.items.map(item => `${words(item.rule)} of ${whose(item)}: ${item.value === undefined ? 'ends' : worth(item.value, item.unit)}`).join('; ')}. ${how === 'approve' ? 'Every order is held to it from then on.' : 'Nothing changes.'}`,
      action: `${DECIDE[how].verb} it`,
      fields: [{ name: 'reason', label: 'Reason' }],
      run: async values => { after = await post(`/execution/limit-changes/${change.changeId}/${how}`, values); },
    });
    if (!done) return;
    notice('good', DECIDE[how].done, `Change ${after.changeId}`);
    await this.load();
    if (this.chosen) await this.choose(this.chosen);
  }
}
