// What the passes would not match by themselves: a person says whether the two belong together.
import { all, get, post } from './api.js';
import { DeskPart, choice, reason } from './desk-part.js';
import { built, text } from './grid.js';
import { el, facts, moment, table, tag, words } from './show.js';

const STATES = { OPEN: 'HELD', APPROVED: 'COMPLETED', REFUSED: 'REFUSED' };
const path = (proposal, verb = '') => `/reconciliation/proposals/${encodeURIComponent(proposal.proposalId)}${verb}`;

/** `price=0.723 side=BUY` by column; a value may hold blanks. */
export function columnsOf(said) {
  return new Map([...said.matchAll(/(\w+)=(.*?)(?=\s+\w+=|$)/gs)].map(([, name, value]) => [name, value === '-' ? '' : value]));
}

export class Proposals extends DeskPart {
  constructor(session) {
    super(session, {
      name: 'proposed', title: 'Proposed matches', index: 'proposalId', empty: 'Nothing is proposed. What the passes were sure of they matched; what is left over is under Open.',
      filters: [choice('state', 'State', 'all states', [['OPEN', 'open'], ['APPROVED', 'approved'], ['REFUSED', 'refused']], 'OPEN'), el('input', { name: 'brokerId', placeholder: 'broker', 'aria-label': 'Broker', autocomplete: 'off', spellcheck: 'false' }), el('label', { class: 'inline' }, 'Business date ', el('input', { name: 'businessDate', type: 'date' }))],
      columns: [
        built('State', 'state', value => tag(value, STATES[value]), { width: 88 }), text('Date', 'businessDate', { width: 92 }), text('Broker', 'brokerId', { width: 92 }), text('Our item', 'ourItem', { cssClass: 'mono', minWidth: 150 }),
        built('Their line', 'line', (value, row) => `statement ${row.statementId}, line ${value}`, { minWidth: 150 }), built('Pass', 'pass', words, { minWidth: 96 }), text('Differs in', 'differences', { minWidth: 230, widthGrow: 3 }), text('Decided by', 'decidedBy', { minWidth: 96 }),
      ],
    });
  }

  fetch({ state, brokerId, businessDate }) {
    return all('/reconciliation/proposals', { state, brokerId: brokerId.trim(), businessDate }, this.most);
  }

  one(row) {
    return get(path(row));
  }

  get actions() {
    const decide = verb => (proposal, values) => post(path(proposal, verb), { revision: proposal.revision, ...values });
    return [
      { key: 'p', label: 'They belong together', tone: 'primary', fits: each => each.state !== 'APPROVED', done: 'Matched', run: decide('/approve'),
        question: each => ({ title: 'They belong together', action: 'Match them', fields: [reason], text: `${each.ourItem} and line ${each.line} of statement ${each.statementId}. Their breaks close; what they still say differently becomes a break of its own.` }) },
      { key: 'r', label: 'They do not', tone: 'danger', fits: each => each.state !== 'REFUSED', done: 'Not a match', run: decide('/refuse'),
        question: each => ({ title: 'They do not belong together', action: 'Refuse', fields: [reason], text: each.state === 'APPROVED' ? 'They are a match no longer; the next run of the date finds their breaks again.' : 'Not proposed again while both sides say the same.' }) },
    ];
  }

  draw(each) {
    const ours = columnsOf(each.ours);
    const theirs = columnsOf(each.theirs);
    const rows = [...new Set([...ours.keys(), ...theirs.keys()])].map(name => ({ name, ours: ours.get(name) ?? '', theirs: theirs.get(name) ?? '' })).filter(row => row.ours || row.theirs);
    // Where only one side says anything there is nothing to compare.
    const differs = row => Boolean(row.ours && row.theirs && row.ours !== row.theirs);
    // What differs is what has to be looked at.
    rows.sort((a, b) => differs(b) - differs(a));
    const mark = side => row => differs(row) ? el('b', { class: 'differs' }, row[side]) : row[side];
    return [
      [el('b', {}, each.ourItem), tag(each.state, STATES[each.state]), el('span', { class: 'muted' }, `${each.brokerId}, ${each.businessDate}, by ${words(each.pass)} of version ${each.ruleVersion}`)],
      facts([['Differs in', each.differences], ['Decided', each.decidedBy && `${moment(each.decidedAt)} by ${each.decidedBy}: ${each.reason}`]]),
      el('div', { class: 'record' }, el('b', {}, `Their line ${each.line} of statement ${each.statementId}`), each.theirLine === undefined ? el('span', { class: 'muted' }, 'not shown: the file is gone or is not any more what was read') : el('pre', { class: 'mono' }, each.theirLine)),
      table([{ title: 'What', of: row => words(row.name) }, { title: 'Ours', of: mark('ours') }, { title: 'Theirs', of: mark('theirs') }], rows, 'Neither side says anything.'),
    ];
  }
}
