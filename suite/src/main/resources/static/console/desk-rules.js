// What the desk decides by: what is material, what may be written off, until when, by whom. In force by a second person.
import { get, post } from './api.js';
import { DeskPart, choice, reason } from './desk-part.js';
import { built, text } from './grid.js';
import { decimal, el, facts, moment, tag, words } from './show.js';

const KINDS = ['MATERIALITY', 'TOLERANCE', 'DUE', 'OWNER', 'CALENDAR', 'CURRENCY'];
const MEANS = {
  MATERIALITY: 'above which money at risk a break is material, in the account\'s base currency', TOLERANCE: 'up to which a break may be written off, in the account\'s base currency', DUE: 'in how many business days a break is due',
  OWNER: 'which user looks after it', CALENDAR: 'by which calendar an account ages', CURRENCY: 'in which currency the firm adds up',
};
const STATES = { PROPOSED: 'HELD', ACTIVE: 'COMPLETED', REPLACED: '', REFUSED: 'REFUSED' };
const path = (rule, verb) => `/reconciliation/desk-rules/${encodeURIComponent(rule.ruleId)}${verb}`;
const of = rule => [rule.accountId, rule.breakClass && words(rule.breakClass), rule.feed && words(rule.feed), rule.material === undefined ? undefined : rule.material ? 'material' : 'not material'].filter(Boolean).join(', ') || 'everything';
const said = rule => rule.value === undefined ? 'ends' : ['MATERIALITY', 'TOLERANCE'].includes(rule.kind) ? decimal(rule.value) : rule.value;

export class DeskRules extends DeskPart {
  constructor(session, feeds) {
    super(session, {
      name: 'desk-rules', title: 'Rules of the desk', index: 'ruleId', empty: 'No rules of that kind.',
      filters: [choice('kind', 'Kind', 'all kinds', KINDS.map(kind => [kind, words(kind)])), el('label', { class: 'inline' }, el('input', { name: 'history', type: 'checkbox', value: 'true' }), ' replaced and refused too')],
      columns: [
        text('Rule', 'ruleId', { width: 62, cssClass: 'mono' }), built('State', 'status', value => tag(value, STATES[value]), { width: 94 }), built('What', 'kind', words, { width: 110 }), built('Of', 'feed', (value, row) => of(row), { minWidth: 200, widthGrow: 2 }),
        built('Value', 'value', (value, row) => said(row), { minWidth: 110, hozAlign: 'right', headerHozAlign: 'right' }), text('Version', 'version', { width: 70, hozAlign: 'right', headerHozAlign: 'right' }), text('Proposed by', 'proposedBy', { minWidth: 100 }), text('Decided by', 'decidedBy', { minWidth: 100 }), text('Reason', 'reason', { minWidth: 200, widthGrow: 2 }),
      ],
    });
    this.feeds = feeds;
  }

  async fetch({ kind, history }) {
    const { items } = await get('/reconciliation/desk-rules', { kind, history });
    // What waits for somebody comes first.
    return items.sort((a, b) => (b.status === 'PROPOSED') - (a.status === 'PROPOSED'));
  }

  async form(rule) {
    const { cells } = await get('/reconciliation/breaks/summary');
    const named = (name, label, value, options) => ({ name, label, value, required: false, ...options });
    return [
      ...rule ? [] : [{ name: 'kind', label: 'What', options: KINDS }, named('feed', 'Feed', '', { options: ['', ...this.feeds] }), named('breakClass', 'Class', '', { list: [...new Set(cells.map(cell => cell.breakClass))].sort() }), named('accountId', 'Account', ''), named('material', 'For DUE: of breaks that are', '', { options: ['', 'material', 'not material'] })],
      { name: 'value', label: 'Value', value: rule?.value }, reason,
    ];
  }

  get actions() {
    const propose = (rule, { kind, feed, breakClass, accountId, material, value, reason: why }) => post('/reconciliation/desk-rules', Object.fromEntries(Object.entries(rule
      ? { kind: rule.kind, feed: rule.feed, breakClass: rule.breakClass, accountId: rule.accountId, material: rule.material, value, version: rule.version, reason: why }
      : { kind, feed, breakClass, accountId: accountId.trim(), material: material && material === 'material', value, version: 0, reason: why }).filter(([, each]) => each !== '' && each !== undefined)));
    const waits = rule => rule.status === 'PROPOSED';
    const inForce = rule => rule.status === 'ACTIVE';
    return [
      { key: 'n', label: 'New rule', tone: 'primary', done: 'Proposed', run: (none, values) => propose(undefined, values),
        question: async () => ({ title: 'Propose a rule', action: 'Propose', text: 'In force when a second person approves it. Of several that fit the most special one counts: account before class before feed.', fields: await this.form() }) },
      { key: 'e', label: 'Change', fits: inForce, done: 'Proposed', run: propose,
        question: async rule => ({ title: `Change ${words(rule.kind)} of ${of(rule)}`, action: 'Propose', text: 'In force when a second person approves it; until then the old value counts.', fields: await this.form(rule) }) },
      { key: 'x', label: 'End', tone: 'danger', fits: inForce, done: 'Proposed', run: (rule, values) => propose(rule, values),
        question: rule => ({ title: `End ${words(rule.kind)} of ${of(rule)}`, action: 'Propose the end', text: 'When a second person approves it the next more general rule counts.', fields: [reason] }) },
      { key: 'p', label: 'Approve', tone: 'primary', fits: waits, done: 'In force', run: rule => post(path(rule, '/approve')),
        question: rule => ({ title: `Approve ${words(rule.kind)} of ${of(rule)}`, action: 'Approve', text: `${rule.proposedBy} proposes ${said(rule)}: ${rule.reason} What is open is judged by it at once.`, fields: [] }) },
      { key: 'r', label: 'Refuse', tone: 'danger', fits: waits, done: 'Refused', run: (rule, values) => post(path(rule, '/refuse'), values),
        question: rule => ({ title: rule.proposedBy === this.session.userName ? 'Take the proposal back' : 'Refuse the proposal', action: rule.proposedBy === this.session.userName ? 'Take back' : 'Refuse', text: `${words(rule.kind)} of ${of(rule)}: ${said(rule)}`, fields: [reason] }) },
    ];
  }

  draw(rule) {
    return [
      [el('b', {}, `${words(rule.kind)} of ${of(rule)}: ${said(rule)}`), tag(rule.status, STATES[rule.status]), el('span', { class: 'muted' }, MEANS[rule.kind])],
      rule.status === 'PROPOSED' ? el('p', { class: 'problem waits' }, `${rule.proposedBy} proposes it: ${rule.reason} Somebody else has to approve.`) : '',
      facts([['Version', String(rule.version)], ['Proposed', `${moment(rule.proposedAt)} by ${rule.proposedBy}`], ['Decided', rule.decidedBy && `${moment(rule.decidedAt)} by ${rule.decidedBy}`], ['Reason', rule.reason]]),
    ];
  }
}
