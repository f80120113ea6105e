// What came from brokers and custodians: its pages, what is wrong with it, its text; and files handed in by hand.
import { all, get, getText, post } from './api.js';
import { DeskPart, choice } from './desk-part.js';
import { built, numeric, text } from './grid.js';
import { decimal, el, facts, moment, notice, redraw, table, tag, trouble, words } from './show.js';

const STATES = { LOADED: 'COMPLETED', SUPERSEDED: '', REFUSED: 'REFUSED', RECEIVED: 'HELD' };
const ORIGINS = { DROP_FOLDER: 'drop folder', UPLOAD: 'handed in' };
/** A custodian's file says itself what it is; the folder is the same. */
const KINDS = [['BROKER_TRADE', 'a broker\'s statement of trades'], ['BROKER_DROP_COPY', 'a broker\'s drop copy'], ['CUSTODIAN_POSITION', 'a custodian\'s statement or advice, whichever']];
const path = (statement, more = '') => `/reconciliation/statements/${encodeURIComponent(statement.statementId)}${more}`;
const kindOf = name => name.startsWith('trades-') ? 'BROKER_TRADE' : name.startsWith('dropcopy-') ? 'BROKER_DROP_COPY' : 'CUSTODIAN_POSITION';
const origin = each => each.origin && `${ORIGINS[each.origin]}${each.handedInBy ? ` by ${each.handedInBy}` : ''}`;

export class Statements extends DeskPart {
  constructor(session, feeds) {
    super(session, {
      name: 'statements', title: 'Statements', index: 'statementId', empty: 'No such statement came. Hand files in with u, or see the reconciliation jobs.',
      filters: [el('label', { class: 'inline' }, 'Business date ', el('input', { name: 'businessDate', type: 'date' })), choice('feed', 'Feed', 'all feeds', feeds.map(feed => [feed, words(feed)])),
        choice('only', 'Which', 'good and bad', [['REFUSED', 'refused'], ['FOUND', 'refused or with findings']])],
      columns: [
        built('State', 'status', value => tag(value, STATES[value]), { width: 92, responsive: 0 }), built('Feed', 'feed', words, { minWidth: 138, responsive: 0 }), text('Sender', 'sender', { minWidth: 92 }), text('Account', 'account', { minWidth: 112, responsive: 1 }), text('Of', 'statementDate', { width: 94 }),
        text('Read for', 'businessDate', { width: 94, responsive: 2 }), numeric('Pages', 'pages', value => decimal(String(value ?? '')), { width: 62, responsive: 3 }), numeric('Rows', 'rows', value => decimal(String(value ?? '')), { width: 74 }),
        built('Findings', 'refusedRows', value => value ? el('span', { class: 'late' }, decimal(String(value))) : '', { width: 76, responsive: 0, hozAlign: 'right', headerHozAlign: 'right' }),
        text('File', 'fileName', { minWidth: 170, widthGrow: 2, responsive: 0 }), text('SHA-256', 'sha256', { cssClass: 'mono', minWidth: 96, responsive: 5 }), built('Came', 'receivedAt', moment, { width: 148, responsive: 1 }), built('How', 'origin', (value, row) => origin(row), { minWidth: 96, responsive: 4 }),
        built('Refused because', 'refusal', value => value ? words(value) : '', { minWidth: 140, widthGrow: 1, responsive: 0 }),
      ],
    });
    this.answers = el('div', { class: 'answers', 'aria-live': 'polite' });
    this.list.before(this.answers);
    this.place.addEventListener('dragover', event => this.over(event, true));
    this.place.addEventListener('dragleave', event => this.over(event, this.place.contains(event.relatedTarget)));
    this.place.addEventListener('drop', event => {
      this.over(event, false);
      if (event.dataTransfer.files.length) this.act({ ...this.actions[0], question: () => this.question(event.dataTransfer.files) });
    });
  }

  /** Files are over the page: it takes them, wherever they are let go. */
  over(event, here) {
    if (event.type !== 'dragleave' && !event.dataTransfer.types.includes('Files')) return;
    event.preventDefault();
    this.place.classList.toggle('takes', here && this.may);
  }

  get may() {
    return this.session.has('OPERATIONS', 'ADMINISTRATOR');
  }

  async fetch({ businessDate, feed, only }) {
    const rows = await all('/reconciliation/statements', { businessDate, feed }, this.most);
    return rows.filter(each => !only || each.status === 'REFUSED' || only === 'FOUND' && each.refusedRows > 0);
  }

  async one(row) {
    const { statement, pages, findings } = await get(path(row));
    return { ...statement, list: pages, findings };
  }

  async brokers() {
    return (await get('/execution/brokers')).items.map(each => each.brokerId).sort();
  }

  async question(files) {
    const chosen = files ? [...files] : [];
    return {
      title: 'Hand in files', action: 'Hand in', text: 'Plain, gz or zip. Each is taken or refused on its own; the next run of its job reads what is taken.',
      fields: [{ name: 'files', label: chosen.length ? chosen.map(file => file.name).join(', ') : 'Files', type: 'file', multiple: true, files },
        { name: 'feed', label: 'What they are', options: KINDS, value: kindOf(chosen[0]?.name ?? 'trades-') }, { name: 'brokerId', label: 'Broker, if they are a broker\'s', list: await this.brokers(), required: false }],
    };
  }

  get actions() {
    return [
      { key: 'u', label: 'Hand in files', tone: 'primary', question: () => this.question(), run: (none, values) => this.handIn(values) },
      { key: 'r', label: 'Text as it came', anybody: true, fits: () => true, run: each => this.show(each, each.list[0]?.number ?? 1) },
    ];
  }

  /** One after the other, so that one that is too large does not take the others with it. */
  async handIn({ files, feed, brokerId }) {
    const answers = [];
    for (const file of files) {
      const form = new FormData();
      form.append('files', file);
      try {
        const { items } = await post(`/reconciliation/statements/files?${new URLSearchParams({ feed, ...(brokerId.trim() && { brokerId: brokerId.trim() }) })}`, form);
        answers.push(...items);
      } catch (problem) {
        // What is wrong with the question is said where it was asked, with what was typed.
        if (!answers.length && problem.code !== 'BODY_TOO_LARGE') throw problem;
        answers.push({ fileName: file.name, problem: { title: problem.title, detail: problem.message } });
      }
    }
    const refused = answers.filter(each => each.problem);
    if (answers.length === 1 && refused.length) throw new Error(refused[0].problem.detail ?? refused[0].problem.title);
    this.answered(answers);
  }

  answered(answers) {
    const refused = answers.filter(each => each.problem).length;
    redraw(this.answers,
      el('header', {}, el('b', {}, `${answers.length - refused} taken, ${refused} refused`), el('div', { class: 'spring' }), el('button', { class: 'quiet', 'aria-label': 'Close what became of the files', onclick: () => redraw(this.answers) }, '×')),
      table([
        { title: 'File', of: each => each.fileName }, { title: '', of: each => each.problem ? tag('REFUSED') : tag('TAKEN', 'COMPLETED') },
        { title: 'What becomes of it', of: each => each.problem ? each.problem.detail ?? each.problem.title : `The next run of ${each.statement.feed.startsWith('BROKER') ? 'reconcile-brokers' : 'reconcile-custodian'} reads it.` },
        { title: 'SHA-256', mono: true, of: each => each.statement?.sha256.slice(0, 16) },
      ], answers, ''));
    this.grid.redraw();
  }

  // The text as it came

  async show(each, page) {
    const wanted = this.wantedText = {};
    try {
      const said = await getText(path(each, '/text'), { page }) ?? '';
      if (wanted !== this.wantedText || this.item?.statementId !== each.statementId) return;
      this.text = { statementId: each.statementId, page, lines: said.replaceAll('\u0001', '|').split(/\r?\n/) };
      this.shown(this.item);
      this.detail.querySelector('.raw')?.scrollIntoView({ block: 'nearest' });
    } catch (problem) {
      if (wanted === this.wantedText) trouble(problem);
    }
  }

  raw(each) {
    if (this.text?.statementId !== each.statementId) return '';
    const page = each.list.find(one => one.number === this.text.page);
    const first = page?.line ?? 1;
    const found = new Map(each.findings.map(finding => [finding.line, finding.detail]));
    return [
      el('h3', {}, page ? `Page ${page.number}, from line ${decimal(String(first))} of ${page.fileName} on` : each.fileName),
      el('ol', { class: 'raw mono', start: String(first), tabindex: 0, 'aria-label': 'The text as it came' }, this.text.lines.map((line, i) => el('li', { class: found.has(first + i) ? 'differs' : null, title: found.get(first + i) }, line || ' '))),
    ];
  }

  leaveDetail() {
    this.text = this.wantedText = undefined;
    super.leaveDetail();
  }

  draw(each) {
    return [
      [el('b', {}, [words(each.feed), each.sender].filter(Boolean).join(' of ')), tag(each.status, STATES[each.status]), el('span', { class: 'muted' }, each.fileName)],
      each.status === 'REFUSED' ? el('p', { class: 'problem' }, el('b', {}, `${words(each.refusal)}: `), each.reason) : each.reason ? el('p', {}, each.reason) : '',
      facts([['Account', each.account], ['Currency', each.currency], ['Reference', each.reference], ['Of', each.statementDate], ['Read for', each.businessDate], ['Pages', each.pages && String(each.pages)], ['Rows', each.rows === undefined ? undefined : decimal(String(each.rows))],
        ['Rows with findings', each.refusedRows ? decimal(String(each.refusedRows)) : undefined], ['Came', moment(each.receivedAt)], ['How', origin(each)], ['SHA-256', el('span', { class: 'mono' }, each.sha256)]]),
      each.findings.length ? [el('h3', {}, 'What is wrong with single lines'), table([
        { title: 'Line', number: true, of: one => decimal(String(one.line)) }, { title: 'What', of: one => words(one.findingClass) }, { title: 'About', mono: true, of: one => one.subject }, { title: '', of: one => one.detail }], each.findings, '')] : '',
      each.list.length ? [el('h3', {}, 'Pages'), table([
        { title: 'Page', number: true, of: one => decimal(String(one.number)) }, { title: 'Message', of: one => one.message || el('span', { class: 'muted' }, 'not understood') }, { title: 'Reference', mono: true, of: one => one.reference }, { title: 'Lines', number: true, of: one => decimal(String(one.lines)) },
        { title: 'File', of: one => one.member ? `${one.fileName}, in it ${one.member}` : one.fileName }, { title: 'From line', number: true, of: one => decimal(String(one.line)) },
        { title: '', of: one => el('button', { 'data-key': `text ${one.number}`, onclick: () => this.show(each, one.number) }, 'Text') }], each.list, '')] : '',
      this.raw(each),
    ];
  }
}
