// What is to come of whom until when, and what of it did not come.
import { all, call, get } from './api.js';
import { DeskPart, choice } from './desk-part.js';
import { built, numeric, text } from './grid.js';
import { el, facts, moment, tag, words } from './show.js';

const FEEDS = ['CUSTODIAN_POSITION', 'CUSTODIAN_MOVEMENT', 'CUSTODIAN_PENDING', 'CUSTODIAN_CASH'];
const TONES = { MISSING: 'FAILED', LATE: 'HELD', CAME: 'COMPLETED', NOT_YET: 'STARTED', NOT_ASKED_FOR: '' };
const MEANS = {
  MISSING: 'A run found that it is not there: it is an open break.', LATE: 'It came after it was due.', CAME: 'It came in time.', NOT_YET: 'None has come, and no run has missed it.', NOT_ASKED_FOR: 'Nobody misses it.',
};

/** The wall clock of the zone, as `2026-11-20 18:05`, which can be held against another one as text. */
const local = (time, timeZone) => new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' }).format(new Date(time));

export class Expected extends DeskPart {
  /** @param see told of the break that somebody wants to see */
  constructor(session, see) {
    super(session, {
      name: 'expected', title: 'Expected statements', index: 'key', empty: 'Nothing is expected by a time. Accounts with holdings or cash are asked for all the same when their day is closed.',
      filters: [choice('state', 'State', 'all states', Object.keys(TONES).map(state => [state, words(state)]))],
      columns: [
        built('State', 'state', value => tag(value, TONES[value]), { width: 112, responsive: 0 }), built('Feed', 'feed', value => words(value), { minWidth: 128, responsive: 0 }), text('Sender', 'sender', { minWidth: 92 }), text('Account', 'account', { minWidth: 130, widthGrow: 1, responsive: 0 }), text('Ccy', 'currency', { width: 52 }),
        built('Due by', 'dueBy', (value, row) => value && `${value} ${row.zone}`, { minWidth: 150 }), numeric('May lag', 'mayLagDays', value => value ? `${value} ${value === 1 ? 'day' : 'days'}` : '', { width: 78, responsive: 3 }), text('Newest of', 'newestOf', { width: 94, responsive: 1 }), built('Came', 'cameAt', moment, { width: 148, responsive: 2 }),
        built('Missing', 'missing', missing => missing && el('span', { class: 'late' }, `${missing.businessDate}${missing.ageDays ? `, for ${missing.ageDays} ${missing.ageDays === 1 ? 'day' : 'days'}` : ''}`), { minWidth: 150, responsive: 0 }), text('Entered by', 'editedBy', { minWidth: 92, responsive: 4 }),
      ],
    });
    this.see = see;
  }

  get may() {
    return this.session.has('OPERATIONS', 'ADMINISTRATOR');
  }

  async fetch({ state }) {
    const [expected, breaks] = await Promise.all([
      get('/reconciliation/expected-statements'), all('/reconciliation/breaks', { feed: 'STATEMENT', breakClass: 'STALE_STATEMENT', open: true }, this.most),
    ]);
    const told = new Set();
    const rows = expected.items.map(each => {
      const { newest } = each;
      const missing = breaks.find(one => one.reference === each.account && one.currency === each.currency && !(newest && newest.businessDate >= one.businessDate));
      if (missing) told.add(missing.breakId);
      const late = newest && local(newest.receivedAt, each.zone) > `${newest.businessDate} ${each.dueBy}`;
      return { ...each, key: each.expectedId, missing, newestOf: newest?.statementDate, cameAt: newest?.receivedAt, state: !each.active ? 'NOT_ASKED_FOR' : missing ? 'MISSING' : late ? 'LATE' : newest ? 'CAME' : 'NOT_YET' };
    });
    // What is asked for without an entry: of brokers that we traded with, of accounts that hold or own something.
    const others = breaks.filter(one => !told.has(one.breakId)).map(one => ({ key: `break ${one.breakId}`, missing: one, state: 'MISSING', sender: one.brokerId, account: one.accountId ? `${one.reference ?? ''} (${one.accountId})` : one.reference, currency: one.currency }));
    const order = Object.keys(TONES);
    return [...rows, ...others].filter(each => !state || each.state === state).sort((a, b) => order.indexOf(a.state) - order.indexOf(b.state));
  }

  get actions() {
    const put = (each, values) => call('PUT', `/reconciliation/expected-statements/${encodeURIComponent(each.expectedId)}`, { body: {
      feed: each.feed, sender: each.sender, account: each.account, ...(each.currency && { currency: each.currency }), dueBy: each.dueBy, zone: each.zone, mayLagDays: Number(each.mayLagDays ?? 0), active: each.active ?? true, version: each.version ?? 0, ...values,
    } }).then(kept => ({ ...kept, key: kept.expectedId }));
    const entered = each => Boolean(each.expectedId);
    const terms = (each = {}) => [
      { name: 'dueBy', label: 'Due by, on the business date', type: 'time', value: each.dueBy ?? '18:00' }, { name: 'zone', label: 'Time zone', value: each.zone ?? 'Europe/London' },
      { name: 'mayLagDays', label: 'Days that its date may be before the business date', type: 'number', value: String(each.mayLagDays ?? 0) }, { name: 'reason', label: 'Reason' },
    ];
    const typed = ({ mayLagDays, zone, ...more }) => ({ ...more, zone: zone.trim(), mayLagDays: Number(mayLagDays) });
    return [
      { key: 'n', label: 'Expect another', tone: 'primary', done: 'Expected', run: (none, { expectedId, feed, sender, account, currency, ...more }) => put({ expectedId: expectedId.trim(), feed, sender: sender.trim(), account: account.trim(), currency: currency.trim() }, typed(more)),
        question: () => ({ title: 'Expect a statement', action: 'Expect it', text: 'When it is not there by then a run makes it a break.', fields: [
          { name: 'expectedId', label: 'Name, such as custodian-geq1-gbp' }, { name: 'feed', label: 'Feed', options: FEEDS }, { name: 'sender', label: 'BIC of the custodian, its first eight characters', maxlength: 8 }, { name: 'account', label: 'Account, as the custodian numbers it', maxlength: 35 }, { name: 'currency', label: 'Currency, of cash', required: false, maxlength: 3 }, ...terms()] }) },
      { key: 'e', label: 'Change', fits: entered, done: 'Changed', run: (each, values) => put(each, typed(values)), question: each => ({ title: `Change ${each.expectedId}`, action: 'Keep', fields: terms(each) }) },
      { key: 'x', label: 'Ask for it no more', tone: 'danger', fits: each => entered(each) && each.active, done: 'Not asked for any more', run: (each, values) => put(each, { ...values, active: false }), question: each => ({ title: `Ask for ${each.expectedId} no more`, action: 'Ask no more', text: 'Nobody misses it then, and its account is not asked for by itself either.', fields: [{ name: 'reason', label: 'Reason' }] }) },
      { key: 'x', label: 'Ask for it again', fits: each => entered(each) && !each.active, done: 'Asked for again', run: (each, values) => put(each, { ...values, active: true }), question: each => ({ title: `Ask for ${each.expectedId} again`, action: 'Ask again', fields: [{ name: 'reason', label: 'Reason' }] }) },
      { key: 'v', label: 'See the break', anybody: true, fits: each => Boolean(each.missing), run: each => this.see(each.missing.breakId) },
    ];
  }

  draw(each) {
    return [
      [el('b', {}, each.expectedId ?? each.missing.reference ?? ''), tag(each.state, TONES[each.state]), el('span', { class: 'muted' }, MEANS[each.state])],
      each.missing ? el('p', { class: 'problem' }, each.missing.detail) : '',
      facts([['Feed', each.feed && words(each.feed)], ['Sender', each.sender], ['Account', each.account], ['Currency', each.currency], ['Due by', each.dueBy && `${each.dueBy} ${each.zone}`], ['May lag', each.mayLagDays === undefined ? undefined : `${each.mayLagDays} days`], ['Newest of', each.newestOf], ['Came', moment(each.cameAt)],
        ['Break', each.missing?.breakId], ['Owner of the break', each.missing?.owner], ['Entered', each.editedAt && `${moment(each.editedAt)} by ${each.editedBy}`], ['Reason', each.reason], ['Version', each.version === undefined ? undefined : String(each.version)]]),
    ];
  }
}
