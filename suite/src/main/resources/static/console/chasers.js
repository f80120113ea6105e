// Messages that ask the other side, as drafts: a person reads them, changes them, sends them, and says so.
import { call, get, post } from './api.js';
import { DeskPart, choice } from './desk-part.js';
import { built, text } from './grid.js';
import { el, facts, moment, notice, tag, trouble, words } from './show.js';

const STATES = { DRAFT: 'HELD', SENT: 'COMPLETED', DISCARDED: '' };
const CHANNELS = ['EMAIL', 'MT599', 'MT995'];
const MOST_NAMED = 20;
const path = (chaser, verb = '') => `/reconciliation/chasers/${encodeURIComponent(chaser.chaserId)}${verb}`;

export class Chasers extends DeskPart {
  constructor(session) {
    super(session, {
      name: 'chasers', title: 'Chasers', index: 'chaserId', empty: 'No drafts. Write one about all that is open with a broker or a custodian.',
      filters: [choice('status', 'State', 'all states', [['DRAFT', 'drafts'], ['SENT', 'sent'], ['DISCARDED', 'thrown away']]), el('input', { name: 'party', placeholder: 'broker or BIC', 'aria-label': 'Broker or BIC', autocomplete: 'off', spellcheck: 'false' })],
      columns: [
        text('Chaser', 'chaserId', { width: 70, cssClass: 'mono' }), built('State', 'status', value => tag(value, STATES[value]), { width: 92 }), text('To', 'party', { minWidth: 96 }), text('By', 'channel', { width: 76, formatter: cell => words(cell.getValue()).replace('mt', 'MT') }), text('Recipient', 'recipient', { minWidth: 150 }),
        text('Subject', 'subject', { minWidth: 190, widthGrow: 2 }), built('Breaks', 'breakIds', ids => String(ids.length), { width: 66, hozAlign: 'right', headerHozAlign: 'right' }), text('Made by', 'madeBy', { minWidth: 90 }), built('Made', 'madeAt', moment, { width: 148 }), text('Ended by', 'decidedBy', { minWidth: 90 }),
      ],
    });
  }

  async fetch({ status, party }) {
    return (await get('/reconciliation/chasers', { status, party: party.trim() })).items;
  }

  /** Whom we have anything to do with: brokers, and custodians that owe us statements. */
  async parties() {
    const [brokers, statements] = await Promise.all([get('/execution/brokers'), get('/reconciliation/expected-statements')]);
    return [...new Set([...brokers.items.map(each => each.brokerId), ...statements.items.map(each => each.sender)])].sort();
  }

  get actions() {
    const draft = each => each.status === 'DRAFT';
    return [
      { key: 'n', label: 'New drafts', tone: 'primary', done: 'Drafted',
        question: async () => ({
          title: 'Ask about all that is open', action: 'Write drafts', text: 'A mail to a broker; MT599 about securities or MT995 about cash to a custodian. Nothing is sent.',
          fields: [{ name: 'party', label: 'Broker, or BIC of the custodian', list: await this.parties() }, { name: 'channel', label: 'By', options: CHANNELS, plain: true }],
        }),
        run: async (none, values) => (await post('/reconciliation/chasers', { ...values, party: values.party.trim() })).items[0] },
      { key: 'e', label: 'Change', fits: draft, done: 'Changed',
        question: each => ({ title: 'Change the draft', action: 'Keep', wide: true, fields: [{ name: 'recipient', label: 'Recipient', value: each.recipient, maxlength: 200 }, { name: 'subject', label: 'Subject', value: each.subject, maxlength: 200 }, { name: 'text', label: 'Text', value: each.text, rows: 16 }] }),
        // A form ends its lines as the mail does, the draft as SWIFT and we do.
        run: (each, values) => call('PUT', path(each), { body: { ...values, text: values.text.replaceAll('\r\n', '\n'), version: each.version } }) },
      { key: 'c', label: 'Copy', anybody: true, fits: () => true, run: each => navigator.clipboard.writeText(each.text).then(() => notice('good', 'Copied', each.subject), problem => notice('bad', 'Not copied', problem.message)) },
      { key: 'm', label: 'It was sent', tone: 'primary', fits: draft, done: 'Said at each of its breaks', question: each => ({ title: 'It was sent', action: 'Say so', text: `To ${each.recipient}. It is said at ${each.breakIds.length === 1 ? 'its break' : `each of its ${each.breakIds.length} breaks`}.`, fields: [] }), run: each => post(path(each, '/sent')) },
      { key: 'x', label: 'Throw away', tone: 'danger', fits: draft, done: 'Thrown away', question: each => ({ title: 'Throw the draft away', action: 'Throw away', text: each.subject, fields: [] }), run: each => post(path(each, '/discard')) },
    ];
  }

  draw(each) {
    return [
      [el('b', {}, each.subject), tag(each.status, STATES[each.status]), el('span', { class: 'muted' }, `${each.channel === 'EMAIL' ? 'mail' : each.channel} to ${each.recipient}`)],
      facts([['About', each.breakIds.length > MOST_NAMED ? `${each.breakIds.length} breaks` : `${each.breakIds.length === 1 ? 'break' : 'breaks'} ${each.breakIds.join(', ')}`], ['Made', `${moment(each.madeAt)} by ${each.madeBy}`], [words(each.status), each.decidedBy && `${moment(each.decidedAt)} by ${each.decidedBy}`]]),
      el('pre', { class: 'mono letter' }, each.text),
    ];
  }
}
