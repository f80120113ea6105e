// Where others and we differ: how old, how much, whose; and what is done about it.
import { Adjustments } from './adjustments.js';
import { call, get } from './api.js';
import { ACTIONS, act, agree } from './break-actions.js';
import { BreakCharts } from './break-charts.js';
import { Causes } from './causes.js';
import { Chasers } from './chasers.js';
import { DeskRules } from './desk-rules.js';
import { Expected } from './expected.js';
import { Grid, built, leaveOnEnter, numeric, text } from './grid.js';
import { Proposals } from './proposals.js';
import { Rules } from './rules.js';
import { bytes, decimal, el, facts, moment, notice, redraw, short, table, tag, trouble, words } from './show.js';
import { SignOffs } from './sign-offs.js';
import { Statements } from './statements.js';

const FEEDS = ['BROKER_TRADE', 'BROKER_DROP_COPY', 'CUSTODIAN_POSITION', 'CUSTODIAN_MOVEMENT', 'CUSTODIAN_PENDING', 'CUSTODIAN_CASH', 'CUSTODIAN_INTRADAY', 'CUSTODIAN_ADVICE', 'STATEMENT'];
const PAGE = 200;
const TYPED_MS = 250;
const NEAR_THE_END = 400;
const PARTS = { open: { open: true }, closing: { status: 'CLOSING' }, over: { open: false } };
const MEDIA = { pdf: 'application/pdf', png: 'image/png', csv: 'text/csv', txt: 'text/plain', eml: 'message/rfc822' };
const SHOWN = { AS_IT_CAME: 'as it came', CORRECTED: 'as a person corrected it', CHANGED: 'not shown: the file is gone or is not any more what was read', UNKNOWN: 'its place in the file is not known' };
const BUTTONS = [['COMMENT', 'Comment', 'c'], ['OWNER', 'Owner', 'o'], ['DUE', 'Due', 'd'], ['CAUSE', 'Cause', 'y'], ['CLOSE', 'Close', 'x'], ['FORCE_CLOSE', 'Force-close', 'f'], ['WRITE_OFF', 'Write off', 'w'], ['REOPEN', 'Open again', 'e']];

export class Breaks {
  constructor(session) {
    this.session = session;
    this.part = 'open';
    this.marked = new Map();
    this.charted = true;
    this.form = document.getElementById('break-filters');
    this.parts = {};
    this.charts = new BreakCharts(document.getElementById('break-board'), filter => this.narrow(filter));
    const right = { hozAlign: 'right', headerHozAlign: 'right' };
    const columns = [
      built('', 'breakId', id => this.mark(id), { width: 34, minWidth: 34, cssClass: 'mark' }),
      text('Break', 'breakId', { width: 66, cssClass: 'mono' }), built('State', 'status', (value, row) => el('span', { class: 'buttons' }, tag(value), row.material ? el('span', { class: 'tag bad' }, 'material') : ''), { width: 132 }),
      built('Class', 'breakClass', words, { minWidth: 106 }), built('Feed', 'feed', words, { minWidth: 128, responsive: 1 }), text('Account', 'accountId', { minWidth: 66, responsive: 2 }), text('Broker', 'brokerId', { minWidth: 64, responsive: 3 }),
      built('Instrument', 'instrumentId', (value, row) => value ?? row.isin ?? '', { minWidth: 96 }), text('Reference', 'reference', { cssClass: 'mono', minWidth: 138 }),
      text('Ours', 'ours', { minWidth: 74, responsive: 4, ...right }), text('Theirs', 'theirs', { minWidth: 74, responsive: 4, ...right }), text('Difference', 'difference', { minWidth: 80, ...right }),
      numeric('At risk', 'moneyAtRisk', (value, row) => value === undefined ? 'not known' : `${short(value, 2)} ${row.baseCurrency ?? ''}`, { minWidth: 108 }),
      numeric('Age', 'ageDays', value => value ?? '', { width: 46, minWidth: 46 }), built('Due', 'dueOn', (value, row) => value && el('span', { class: row.overdue ? 'late' : null }, value), { width: 90 }),
      text('Owner', 'owner', { minWidth: 76, responsive: 5 }), built('Cause', 'causeCode', words, { minWidth: 92, responsive: 6 }),
    ];
    // Sorted by the server: here only a page of them is known.
    this.grid = new Grid('#break-grid', {
      index: 'breakId', empty: 'No breaks. Everybody agrees with us, or nobody has been asked yet: see the reconciliation jobs.',
      chosen: each => this.choose(each.breakId), // What has no room is told of the one that is chosen.
      columns: columns.map(column => ({ responsive: 0, ...column, headerSort: false })), more: { responsiveLayout: 'hide' },
    });
    this.grid.ready.then(() => this.grid.tabulator.on('scrollVertical', () => this.moreSoon()));
    document.getElementById('break-part').addEventListener('click', event => {
      const button = event.target.closest('button');
      if (button) this.turn(button.dataset.show);
    });
    document.getElementById('break-charts').addEventListener('click', () => this.toggleCharts());
    this.form.addEventListener('submit', event => event.preventDefault());
    this.form.addEventListener('keydown', leaveOnEnter);
    this.form.addEventListener('input', () => {
      clearTimeout(this.typing);
      this.typing = setTimeout(() => this.load(), TYPED_MS);
    });
    this.form.addEventListener('reset', () => {
      document.activeElement.blur();
      setTimeout(() => this.load());
    });
    this.options('feed', FEEDS, 'all feeds');
    this.options('breakClass', [], 'all classes');
    this.options('ageBucket', [], 'all ages');
    this.options('causeCode', [], 'all causes');
  }

  get may() {
    return this.session.has('OPERATIONS');
  }

  /** The page's own keys. */
  get keys() {
    const actions = Object.fromEntries(BUTTONS.map(([name, , key]) => [key, () => this.act(name)]));
    const sides = { '[': () => this.beside(-1), ']': () => this.beside(1) };
    return PARTS[this.part] ? { ...actions, ...sides, b: () => this.toggleCharts(), ' ': () => this.toggleMark(), A: () => this.markAll(), p: () => this.agree(), r: () => this.act('REOPEN') } : { ...sides, ...this.parts[this.part].keys };
  }

  /** The list that the arrows walk. */
  get shown() {
    return this.part in PARTS ? this.grid : this.parts[this.part]?.grid;
  }

  async enter() {
    this.causes ??= get('/reconciliation/cause-codes').then(({ items }) => {
      this.options('causeCode', items.map(each => each.causeCode), 'all causes');
      return items;
    });
    this.causes.catch(problem => { this.causes = undefined; trouble(problem); });
    await this.turn(this.part);
  }

  leave() {}

  /** What is no list of breaks, made when somebody first asks for it. */
  made(part) {
    this.parts[part] ??= {
      statements: () => new Statements(this.session, FEEDS), expected: () => new Expected(this.session, breakId => this.see(breakId)),
      proposed: () => new Proposals(this.session), causes: () => new Causes(filter => this.narrowed('open', filter)), chasers: () => new Chasers(this.session), written: () => new Adjustments(this.session, breakId => this.see(breakId)),
      rules: () => new Rules(this.session), 'desk-rules': () => new DeskRules(this.session, FEEDS), signoff: () => new SignOffs(this.session, FEEDS, async () => (this.summary ??= await get('/reconciliation/breaks/summary')).asOf),
    }[part]();
    return this.parts[part];
  }

  options(name, values, none) {
    const select = this.form.elements[name];
    const kept = select.value;
    const wanted = kept && !values.includes(kept) ? [...values, kept] : values;
    // A list that somebody has opened is not taken away from under the pointer.
    if ([...select.options].slice(1).map(option => option.value).join() === wanted.join() && select.options.length) return;
    select.replaceChildren(el('option', { value: '' }, none), ...wanted.map(value => el('option', { value }, name === 'ageBucket' ? `${value} days` : words(value))));
    // As what is chosen and not as what stands there from the beginning: "All" takes it back.
    select.value = kept;
  }

  turn(part) {
    if (!(this.part in PARTS)) this.parts[this.part]?.leave();
    this.part = part;
    document.querySelectorAll('#break-part button').forEach(each => each.setAttribute('aria-pressed', String(each.dataset.show === part)));
    const list = part in PARTS;
    for (const id of ['break-grid', 'break-filters', 'break', 'break-count']) document.getElementById(id).hidden = !list;
    document.getElementById('break-parts').hidden = list;
    document.getElementById('break-charts').hidden = !list;
    document.getElementById('break-board').hidden = !list || !this.charted;
    this.leaveDetail();
    this.unmark();
    if (list) return this.load();
    // What is still on its way to the list is too late.
    this.asked = undefined;
    return this.made(part).enter();
  }

  /** The part before or after this one. */
  beside(by) {
    const buttons = [...document.querySelectorAll('#break-part button')];
    const at = buttons.findIndex(each => each.dataset.show === this.part);
    return this.turn(buttons[(at + by + buttons.length) % buttons.length].dataset.show);
  }

  /** One that may be over or open, from elsewhere. */
  async see(breakId) {
    const { break: found } = await get(`/reconciliation/breaks/${encodeURIComponent(breakId)}`);
    await this.narrowed({ OPEN: 'open', CLOSING: 'closing' }[found.status] ?? 'over', { text: breakId });
    this.grid.choose(breakId);
  }

  /** Only what is asked for, whatever was filtered before. */
  async narrowed(part, filter) {
    // Its own event would load the list twice.
    for (const field of this.form.elements) if (field.name && field.name !== 'sort') field[field.type === 'checkbox' ? 'checked' : 'value'] = field.type === 'checkbox' ? false : '';
    this.fill(filter);
    await this.turn(part);
  }

  /** A bar of a chart, as a filter. */
  narrow(filter) {
    this.fill(filter);
    return this.turn(this.part in PARTS ? this.part : 'open');
  }

  fill(filter) {
    for (const [name, value] of Object.entries(filter)) {
      const field = this.form.elements[name];
      if (field.type === 'checkbox') field.checked = value;
      else {
        if (field.options && ![...field.options].some(option => option.value === value)) field.append(el('option', { value }, words(value)));
        field.value = value;
      }
    }
  }

  wanted() {
    const { text: typed, feed, breakClass, ageBucket, accountId, brokerId, owner, causeCode, material, overdue, sort } = this.form.elements;
    return {
      ...PARTS[this.part], text: typed.value.trim(), feed: feed.value, breakClass: breakClass.value, ageBucket: ageBucket.value, accountId: accountId.value.trim(), brokerId: brokerId.value.trim(), owner: owner.value.trim(), causeCode: causeCode.value,
      material: material.checked || undefined, dueBy: overdue.checked && this.summary?.asOf ? dayBefore(this.summary.asOf) : undefined, sort: sort.value,
    };
  }

  async load() {
    const asked = this.asked = {};
    try {
      await this.drawCharts();
      if (asked !== this.asked) return;
      const filter = this.wanted();
      const page = await get('/reconciliation/breaks', { ...filter, limit: PAGE });
      if (asked !== this.asked) return;
      this.next = page.nextCursor;
      this.filter = filter;
      await this.grid.set(page.items);
      if (asked !== this.asked) return;
      this.counted();
      if (this.breakId && this.grid.get(this.breakId)) this.grid.choose(this.breakId);
    } catch (problem) {
      if (asked === this.asked) trouble(problem);
    }
  }

  async drawCharts() {
    const asked = this.askedSummary = {};
    const summary = await get('/reconciliation/breaks/summary', { feed: this.form.elements.feed.value, accountId: this.form.elements.accountId.value.trim(), brokerId: this.form.elements.brokerId.value.trim() });
    if (asked !== this.askedSummary) return;
    this.summary = summary;
    this.options('breakClass', [...new Set(this.summary.cells.map(cell => cell.breakClass))].sort(), 'all classes');
    this.options('ageBucket', this.summary.ageBuckets, 'all ages');
    if (!document.getElementById('break-board').hidden) this.charts.show(this.summary).catch(trouble);
  }

  toggleCharts() {
    this.charted = !this.charted;
    document.getElementById('break-board').hidden = !this.charted;
    document.getElementById('break-charts').setAttribute('aria-pressed', String(this.charted));
    if (this.charted) this.drawCharts().catch(trouble);
    this.grid.redraw();
  }

  /** Pages come as somebody scrolls towards them. */
  moreSoon() {
    const holder = document.querySelector('#break-grid .tabulator-tableholder');
    if (this.next && !this.fetching && holder.scrollHeight - holder.scrollTop - holder.clientHeight < NEAR_THE_END) this.more();
  }

  async more() {
    const asked = this.asked;
    this.fetching = true;
    try {
      const page = await get('/reconciliation/breaks', { ...this.filter, limit: PAGE, cursor: this.next });
      if (asked !== this.asked) return;
      this.next = page.nextCursor;
      await this.grid.add(page.items);
      this.counted();
    } catch (problem) {
      if (asked === this.asked) trouble(problem);
    } finally {
      this.fetching = false;
    }
  }

  counted() {
    const shown = this.grid.tabulator.getDataCount();
    const { text: typed, owner, causeCode, dueBy, breakClass, ageBucket, material } = this.filter;
    // The counts are by feed, class and age; of what else was asked for only the list knows.
    const known = this.part === 'open' && !typed && !owner && !causeCode && !dueBy;
    const all = known && this.summary.cells.filter(cell => (!breakClass || cell.breakClass === breakClass) && (!ageBucket || cell.ageBucket === ageBucket)).reduce((sum, cell) => sum + (material ? cell.materialBreaks : cell.openBreaks), 0);
    const many = this.next ? known ? `the first ${decimal(String(shown))} of ${decimal(String(all))}` : `the first ${decimal(String(shown))}` : `${decimal(String(shown))} ${shown === 1 ? 'break' : 'breaks'}`;
    document.getElementById('break-count').textContent = this.summary.asOf ? `${many}, as of ${this.summary.asOf}` : many;
  }

  // Marking

  mark(id) {
    return el('input', { type: 'checkbox', tabindex: -1, 'aria-label': `Mark break ${id}`, checked: this.marked.has(id), onclick: event => {
      event.stopPropagation();
      // The keys are the list's again.
      event.target.blur();
      this.toggleMark(id);
    } });
  }

  toggleMark(id = this.grid.chosen()?.breakId) {
    if (!id) return;
    if (!this.marked.delete(id)) this.marked.set(id, this.grid.get(id));
    this.grid.tabulator.getRow(id).reformat();
    this.drawMarked();
  }

  /** All that are shown, or none. */
  markAll() {
    const rows = this.grid.tabulator.getData();
    const all = rows.every(row => this.marked.has(row.breakId));
    this.marked = new Map(all ? [] : rows.map(row => [row.breakId, row]));
    this.grid.tabulator.getRows().forEach(row => row.reformat());
    this.drawMarked();
  }

  unmark() {
    if (!this.marked.size) return;
    this.marked.clear();
    this.grid.tabulator.getRows().forEach(row => row.reformat());
    this.drawMarked();
  }

  drawMarked() {
    const bar = document.getElementById('break-bulk');
    bar.hidden = !this.marked.size;
    const breaks = [...this.marked.values()];
    redraw(bar, el('b', {}, `${breaks.length} marked`), ...this.buttons(breaks), el('div', { class: 'spring' }), el('button', { class: 'quiet', onclick: () => this.unmark() }, 'Unmark ', el('kbd', {}, 'esc')));
    this.grid.redraw();
  }

  // What is done

  buttons(breaks) {
    const waits = breaks.some(found => found.status === 'CLOSING');
    return [
      waits ? el('button', { class: 'primary', disabled: !this.may || breaks.every(found => found.closingAskedBy === this.session.userName), onclick: () => this.agree(breaks) }, 'Agree ', el('kbd', {}, 'p')) : null,
      ...BUTTONS.filter(([name]) => breaks.some(ACTIONS[name].fits)).map(([name, label, key]) =>
        el('button', { disabled: !this.may, class: ['CLOSE', 'FORCE_CLOSE', 'WRITE_OFF'].includes(name) ? 'danger' : null, onclick: () => this.act(name, breaks) }, `${name === 'REOPEN' && waits ? 'Refuse' : label} `, el('kbd', {}, name === 'REOPEN' && waits ? 'r' : key))),
    ];
  }

  /** What is marked, or else what is chosen. */
  get at() {
    return this.marked.size ? [...this.marked.values()] : this.found ? [this.found] : this.grid.chosen() ? [this.grid.chosen()] : [];
  }

  async act(name, breaks) {
    // A key is about the row that is chosen, also while the break before it is still shown.
    const part = this.part;
    await this.choosing;
    if (part !== this.part) return;
    breaks ??= this.at;
    if (!this.may || !breaks.length) return;
    const causes = await this.causes;
    if (await act(name, breaks, causes ?? [], this.session)) await this.again();
  }

  async agree(breaks) {
    await this.choosing;
    if (this.may && await agree(breaks ?? this.at)) await this.again();
  }

  async again() {
    const shown = this.breakId;
    this.unmark();
    await this.load();
    // Somebody may look at another one by now.
    if (!shown || shown !== this.breakId) return;
    // One that is over has left the list, and is still what somebody looks at.
    if (!this.grid.get(shown)) await this.choose(shown);
  }

  // One break

  choose(breakId) {
    this.breakId = breakId;
    const wanted = this.wantedBreak = {};
    return this.choosing = get(`/reconciliation/breaks/${encodeURIComponent(breakId)}`)
      .then(detail => wanted === this.wantedBreak && this.draw(detail), problem => wanted === this.wantedBreak && trouble(problem));
  }

  draw({ break: found, comments, attachments = [] }) {
    this.found = found;
    redraw(document.getElementById('break'),
      el('header', {}, el('b', {}, words(found.breakClass)), tag(found.status), found.material ? el('span', { class: 'tag bad' }, 'material') : '', el('span', { class: 'muted' }, [words(found.feed), found.reference].filter(Boolean).join(', ')), el('div', { class: 'spring' }),
        el('span', { class: 'buttons' }, this.buttons([found])), el('button', { class: 'quiet', 'aria-label': 'Close', onclick: () => this.leaveDetail() }, '×')),
      found.status === 'CLOSING' ? el('p', { class: 'problem waits' }, `${found.closingAskedBy} wants to ${words(found.closingKind)} it${found.resolution ? ` (${words(found.resolution)})` : ''}: ${found.closeReason ?? ''} Somebody else has to agree.`) : '',
      found.detail ? el('p', {}, found.detail) : '',
      facts([['Ours', found.ours], ['Theirs', found.theirs], ['Difference', found.difference], ['At risk', found.moneyAtRisk === undefined ? 'not known' : `${short(found.moneyAtRisk, 2)} ${found.baseCurrency ?? ''}`],
        ['For the firm', found.firmMoney && `${short(found.firmMoney, 2)} ${this.summary?.firmCurrency ?? ''}`], ['Account', found.accountId], ['Broker', found.brokerId], ['Instrument', found.instrumentId], ['ISIN', found.isin], ['Side', found.side],
        ['First seen', found.firstSeen], ['Within the day', found.withinTheDayAt && `found at ${moment(found.withinTheDayAt)} by an intraday run${found.withinTheDay ? ', not by the run of the day yet' : ''}`], ['Last seen', found.lastSeen], ['Age', found.ageDays === undefined ? undefined : `${found.ageDays} business ${found.ageDays === 1 ? 'day' : 'days'}`], ['Opened again', found.timesReopened ? `${found.timesReopened} times` : undefined],
        ['Due', found.dueOn && el('span', { class: found.overdue ? 'late' : null }, found.overdue ? `${found.dueOn}, overdue` : found.dueOn)], ['Owner', found.owner], ['Cause', found.causeCode && words(found.causeCode)],
        ['Closed', found.closedBy && `${moment(found.closedAt)} by ${found.closedBy}: ${words(found.resolution)}. ${found.closeReason ?? ''}`], ['Cleared by', found.clearedBy && `${found.clearedBy.job} of ${found.clearedBy.businessDate}${found.clearedBy.runId ? `, run ${found.clearedBy.runId}` : ''}`]]),
      this.sides(found),
      el('div', { class: 'split' },
        el('div', {}, el('h3', {}, 'Said about it'), table([{ title: 'When', of: each => moment(each.at) }, { title: 'Who', of: each => each.author }, { title: 'What', of: each => each.text }], comments, 'Nothing yet.')),
        el('div', {}, el('h3', {}, 'Files'), table([
          { title: 'File', of: each => el('a', { href: `/reconciliation/breaks/${encodeURIComponent(found.breakId)}/attachments/${encodeURIComponent(each.attachmentId)}`, download: each.fileName }, each.fileName) },
          { title: 'Size', number: true, of: each => bytes(each.bytes) }, { title: 'By', of: each => each.attachedBy }, { title: 'When', of: each => moment(each.attachedAt) }], attachments, 'None.'),
          this.may ? el('label', { class: 'attach' }, 'Attach a PDF, PNG, CSV, text or mail ', el('input', { type: 'file', accept: Object.keys(MEDIA).map(ending => `.${ending}`).join(), onchange: event => this.attach(event.target) })) : '')));
    this.grid.redraw();
  }

  /** What it is made of. Their file is hashed before a line of it is shown, so it may come a moment later. */
  sides(found) {
    const place = el('div', { class: 'sides', 'aria-busy': 'true' }, el('p', { class: 'muted' }, 'Both sides are fetched.'));
    get(`/reconciliation/breaks/${encodeURIComponent(found.breakId)}/sides`).then(({ ours, theirs, matches }) => place.replaceChildren(
      el('div', {}, el('h3', {}, 'Our side'), ours.length ? ours.map(each => el('div', { class: 'record' }, el('b', {}, `${words(each.kind)} ${each.id}`), facts(each.fields.map(({ name, value }) => [words(name), value])))) : el('p', { class: 'muted' }, 'Nothing of it is in our books.')),
      el('div', {}, el('h3', {}, 'Their side'), theirs.length ? theirs.map(each => el('div', { class: 'record' }, el('b', {}, `${each.fileName}${each.line ? `, line ${each.line}` : ''}`), el('span', { class: 'muted', title: `SHA-256 ${each.sha256}` }, `statement ${each.statementId}, ${SHOWN[each.shown]}`), each.text === undefined ? '' : el('pre', { class: 'mono' }, each.text))) : el('p', { class: 'muted' }, 'Nothing of it came from them.'),
        matches.map(each => el('p', { class: 'muted' }, `${each.proposed ? 'Proposed' : 'Brought together'} by ${words(each.pass)}${each.ruleVersion ? ` of version ${each.ruleVersion}` : ''}${each.ourItem ? ` with ${each.ourItem}` : ''}${each.differences ? `; differs in ${each.differences}` : ''}.`)))),
    problem => place.replaceChildren(el('p', { class: 'problem' }, problem.message))).finally(() => place.removeAttribute('aria-busy'));
    return place;
  }

  async attach(input) {
    const [file] = input.files;
    if (!file) return;
    const breakId = this.breakId;
    const type = MEDIA[file.name.split('.').pop().toLowerCase()];
    try {
      await call('POST', `/reconciliation/breaks/${encodeURIComponent(breakId)}/attachments?${new URLSearchParams({ fileName: file.name })}`, { body: file, headers: { 'Content-Type': type ?? 'application/octet-stream' } });
      notice('good', 'Attached', file.name);
      if (breakId === this.breakId) await this.choose(breakId);
    } catch (problem) {
      trouble(problem);
    } finally {
      input.value = '';
    }
  }

  /** First what is shown of one, then the marks. */
  escape() {
    if (!(this.part in PARTS)) this.parts[this.part].escape();
    else if (this.found) this.leaveDetail();
    else this.unmark();
  }

  leaveDetail() {
    this.breakId = this.found = this.wantedBreak = undefined;
    this.grid.ready.then(() => this.grid.tabulator.deselectRow());
    redraw(document.getElementById('break'));
    this.grid.redraw();
  }
}

function dayBefore(date) {
  const day = new Date(`${date}T00:00:00Z`);
  day.setUTCDate(day.getUTCDate() - 1);
  return day.toISOString().slice(0, 10);
}
