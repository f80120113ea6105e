// How brokers' statements are read and matched: versions of layouts and passes, tried before they count, agreed on by two.
import { call, get, post } from './api.js';
import { DeskPart, choice, reason } from './desk-part.js';
import { built, text } from './grid.js';
import { edit } from './rule-editor.js';
import { changes, layoutAsRead, matchesAsRun, said } from './rule-views.js';
import { el, facts, moment, table, tag } from './show.js';

const STATES = { DRAFT: 'STARTED', PROPOSED: 'HELD', APPROVED: 'COMPLETED', REFUSED: 'REFUSED', WITHDRAWN: '' };
const PASSES = { passes: 'Passes', 'passes-drop-copy': 'Passes of drop copies' };
const ROWS_SHOWN = 20;
const path = (rule, verb = '') => `/reconciliation/rules/${encodeURIComponent(rule.ruleSet)}/versions/${rule.version}${verb}`;
const DROP_COPY = 'layout-drop-copy';
const named = set => PASSES[set] ?? (set === DROP_COPY ? 'Layout of drop copies' : set.startsWith(`${DROP_COPY}-`) ? `Layout of drop copies of ${set.slice(DROP_COPY.length + 1)}` : `Layout of ${set.slice('layout-'.length)}`);
const titled = rule => `${named(rule.ruleSet)}, version ${rule.version}`;
const keyed = rule => ({ ...rule, key: `${rule.ruleSet} ${rule.version}` });

export class Rules extends DeskPart {
  constructor(session) {
    super(session, {
      name: 'rules', title: 'Layouts and passes', index: 'key', empty: 'No versions of that kind.',
      filters: [choice('ruleSet', 'Of what', 'all layouts and passes', []), choice('state', 'State', 'all states', Object.keys(STATES).map(state => [state, state.toLowerCase()]))],
      columns: [
        built('State', 'state', value => tag(value, STATES[value]), { width: 92 }), text('Of', 'ruleSet', { minWidth: 130 }), text('Version', 'version', { width: 66, hozAlign: 'right', headerHozAlign: 'right' }), text('From', 'validFrom', { width: 92 }), built('To', 'validTo', value => value ?? '', { width: 92 }),
        built('Made by', 'makers', makers => makers.join(', '), { minWidth: 120 }), built('Made', 'madeAt', moment, { width: 148 }), text('Reason', 'reason', { minWidth: 180, widthGrow: 2 }), text('Decided by', 'decidedBy', { minWidth: 96 }), text('Decision', 'decision', { minWidth: 150, widthGrow: 2 }),
      ],
    });
  }

  get may() {
    return this.session.has('OPERATIONS', 'ADMINISTRATOR');
  }

  async fetch(filter) {
    const { items } = await get('/reconciliation/rules', filter);
    return items.map(keyed);
  }

  /** What there is stays to be chosen, whatever is filtered. */
  loaded(rows) {
    const select = this.tools.elements.ruleSet;
    const known = new Set([...select.options].map(option => option.value));
    for (const ruleSet of new Set(rows.map(row => row.ruleSet))) if (!known.has(ruleSet)) select.append(el('option', { value: ruleSet }, ruleSet));
  }

  /** With what stands before it, so that whoever approves sees what becomes different. */
  async one(row) {
    const { items } = await get('/reconciliation/rules', { ruleSet: row.ruleSet });
    const before = items.filter(each => each.version < row.version && each.state === 'APPROVED').sort((a, b) => b.version - a.version)[0];
    const [rule, old] = await Promise.all([get(path(row)), before && get(path(before))]);
    if (this.item?.key !== row.key || this.item.revision !== rule.revision) this.tried = undefined;
    return { ...keyed(rule), old };
  }

  get actions() {
    const draft = rule => rule.state === 'DRAFT';
    const waits = rule => rule.state === 'PROPOSED';
    const decide = verb => async (rule, values) => keyed(await post(path(rule, verb), { revision: rule.revision, ...values }));
    const layout = rule => !PASSES[rule.ruleSet];
    return [
      { key: 'n', label: 'New version from this', fits: () => true, run: rule => this.edited(rule, false) },
      { key: 'e', label: 'Edit', tone: 'primary', fits: draft, run: rule => this.edited(rule, true) },
      { key: 'd', label: 'Try on a sample', fits: layout, run: (rule, values) => this.tryLayout(rule, values),
        question: rule => ({ title: `Try ${titled(rule).toLowerCase()}`, action: 'Read it', text: 'The sample is read and nothing of it is kept: plain, gz or zip.', fields: [{ name: 'sample', label: 'Sample file', type: 'file' }, { name: 'rows', label: 'Rows to show', type: 'number', value: String(ROWS_SHOWN) }] }) },
      { key: 'd', label: 'Try on a past day', fits: rule => !layout(rule), run: (rule, values) => this.tryPasses(rule, values),
        question: rule => ({ title: `Try ${titled(rule).toLowerCase()}`, action: 'Match it', text: 'The day is matched as these passes would, beside what it has now. Nothing changes.', fields: [{ name: 'businessDate', label: 'Business date', type: 'date', value: document.getElementById('job-date').value }] }) },
      { key: 'p', label: 'Propose', tone: 'primary', fits: draft, done: 'Proposed', run: decide('/propose'),
        question: rule => ({ title: `Propose ${titled(rule).toLowerCase()}`, action: 'Propose', text: 'From now on it cannot be changed. A second person has to approve it.', fields: [reason] }) },
      { key: 'p', label: 'Approve', tone: 'primary', fits: waits, done: 'Approved', run: decide('/approve'),
        question: rule => ({ title: `Approve ${titled(rule).toLowerCase()}`, action: 'Approve', text: `Used for business dates from ${rule.validFrom} on.`, fields: [reason] }) },
      { key: 'r', label: 'Refuse', tone: 'danger', fits: waits, done: 'Refused', run: decide('/refuse'), question: rule => ({ title: `Refuse ${titled(rule).toLowerCase()}`, action: 'Refuse', text: 'It is kept with the reason.', fields: [reason] }) },
      { key: 'x', label: 'Withdraw', tone: 'danger', fits: rule => draft(rule) || waits(rule), done: 'Withdrawn', run: decide('/withdraw'), question: rule => ({ title: `Withdraw ${titled(rule).toLowerCase()}`, action: 'Withdraw', text: 'It is kept with the reason.', fields: [reason] }) },
    ];
  }

  async edited(rule, same) {
    const kept = await edit({
      title: same ? `Edit ${titled(rule).toLowerCase()}` : `New version of ${rule.ruleSet}, from version ${rule.version}`, rule, same,
      run: ({ ruleSet, ...body }) => same ? call('PUT', path(rule), { body: { ...body, revision: rule.revision } }) : post(`/reconciliation/rules/${encodeURIComponent(ruleSet ?? rule.ruleSet)}/versions`, body),
    });
    if (!kept) return;
    this.item = keyed(kept);
    await this.load();
  }

  async tryLayout(rule, { sample, rows }) {
    const read = await call('POST', `${path(rule, '/layout-dry-run')}?${new URLSearchParams({ rows })}`, { body: sample, headers: { 'Content-Type': 'application/octet-stream' } });
    this.tried = [el('h3', {}, `${sample.name}, read by version ${rule.version}`), layoutAsRead(read)];
  }

  async tryPasses(rule, { businessDate }) {
    this.tried = [el('h3', {}, `${businessDate}, matched by version ${rule.version}`), matchesAsRun(await post(path(rule, '/match-dry-run'), { businessDate }))];
  }

  draw(rule) {
    const different = rule.old && changes(rule.old, rule);
    return [
      [el('b', {}, titled(rule)), tag(rule.state, STATES[rule.state]), el('span', { class: 'muted' }, `from ${rule.validFrom} on${rule.validTo ? `, to ${rule.validTo}` : ''}`)],
      rule.state === 'PROPOSED' ? el('p', { class: 'problem waits' }, `${rule.makers.join(', ')} made it: ${rule.reason} Somebody else has to approve.`) : '',
      this.tried ? el('div', { class: 'tried' }, this.tried) : '',
      different ? [el('h3', {}, `What is different from version ${rule.old.version}`), table([{ title: 'What', of: each => each.what }, { title: 'Before', of: each => each.before }, { title: 'Now', of: each => each.after }], different, 'Nothing.')] : '',
      facts([['Made', `${moment(rule.madeAt)} by ${rule.makers.join(', ')}`], ['Reason', rule.reason], ['Decided', rule.decidedBy && `${moment(rule.decidedAt)} by ${rule.decidedBy}: ${rule.decision}`], ['Revision', String(rule.revision)]]),
      said(rule),
    ];
  }
}
