// The order ticket: one decision, sent once.
import { all, get, idempotencyKey, post } from './api.js';
import { decimal, el, notice, short, table, tag, words } from './show.js';

const SEARCHED = 40;

export class Ticket {
  constructor(session, accepted) {
    this.place = document.getElementById('ticket');
    this.session = session;
    this.accepted = accepted;
  }

  async open() {
    if (!this.session.has('TRADER')) return notice('warn', 'Only traders send decisions', 'You can look at everything here.');
    // Pressed twice it is built once.
    await (this.building ??= this.build().catch(problem => {
      this.building = undefined;
      throw problem;
    }));
    this.place.hidden = false;
    window.dispatchEvent(new Event('resize'));
    this.form.instrument.focus();
    // What is typed next is another instrument, not more of the last one.
    this.form.instrument.select();
  }

  close() {
    // What is hidden would keep the keyboard until the next frame.
    if (this.place.contains(document.activeElement)) document.activeElement.blur();
    this.place.hidden = true;
    window.dispatchEvent(new Event('resize'));
  }

  get isOpen() {
    return !this.place.hidden;
  }

  async build() {
    const [desk, instruments] = await Promise.all([get('/execution/accounts'), all('/execution/instruments')]);
    this.instruments = new Map(instruments.map(instrument => [instrument.instrumentId, instrument]));
    this.key = idempotencyKey();
    const options = (rows, id) => rows.map(row => el('option', { value: row[id] }, `${row[id]} · ${row.name}`));
    this.quote = el('div', { class: 'quote', 'aria-live': 'polite' }, 'Choose an instrument.');
    this.answer = el('div', { class: 'answer', 'aria-live': 'polite' });
    const sideButton = (value, label) => el('button', { type: 'button', 'data-side': value, 'aria-pressed': value === 'BUY', onclick: () => this.choose(value) }, label);
    this.form = el('form', { novalidate: true, oninput: event => this.edited(event), onsubmit: event => { event.preventDefault(); this.send(); } },
      el('div', { class: 'segments', role: 'group', 'aria-label': 'Side' }, sideButton('BUY', 'Buy'), sideButton('SELL', 'Sell')),
      el('label', {}, 'Instrument', el('input', { name: 'instrument', list: 'instruments', autocomplete: 'off', spellcheck: 'false', placeholder: 'VOD.XLON or an ISIN' })),
      el('datalist', { id: 'instruments' }),
      this.quote,
      el('label', {}, 'Quantity', el('input', { name: 'quantity', inputmode: 'decimal', autocomplete: 'off' })),
      el('div', { class: 'pair' },
        el('label', {}, 'Type', el('select', { name: 'orderType' }, el('option', { value: 'MARKET' }, 'Market'), el('option', { value: 'LIMIT' }, 'Limit'))),
        el('label', {}, 'Limit price', el('input', { name: 'limitPrice', inputmode: 'decimal', autocomplete: 'off', disabled: true }))),
      el('label', {}, 'Algorithm', el('select', { name: 'algo' },
        el('option', { value: 'IMMEDIATE' }, 'Immediate'), el('option', { value: 'TWAP' }, 'TWAP'), el('option', { value: 'VWAP' }, 'VWAP'))),
      el('div', { class: 'pair', hidden: true },
        el('label', {}, 'From (UTC)', el('input', { name: 'startTime', type: 'datetime-local', step: '1' })),
        el('label', {}, 'Until (UTC)', el('input', { name: 'endTime', type: 'datetime-local', step: '1' }))),
      el('label', {}, 'Account', el('select', { name: 'accountId' }, options(desk.accounts, 'accountId'))),
      el('label', {}, 'Strategy', el('select', { name: 'strategyId' }, options(desk.strategies, 'strategyId'))),
      el('label', {}, 'Trader', el('select', { name: 'traderId' }, options(desk.traders, 'traderId'))),
      el('label', {}, 'Reason', el('input', { name: 'reason', maxlength: 500, autocomplete: 'off' })),
      el('button', { class: 'primary' }, 'Send decision'));
    this.place.replaceChildren(
      el('div', { class: 'tools' }, el('h2', {}, 'New order'), el('div', { class: 'spring' }),
        el('button', { class: 'quiet', 'aria-label': 'Close the ticket', onclick: () => this.close() }, '×')),
      this.form, this.answer);
    this.choose('BUY');
    this.suggest('');
  }

  choose(value) {
    this.side = value;
    this.form.querySelectorAll('[data-side]').forEach(button => button.setAttribute('aria-pressed', button.dataset.side === value));
    this.key = idempotencyKey();
  }

  /** Whatever is edited makes another intent, so it gets another key. */
  edited({ target }) {
    this.key = idempotencyKey();
    target.removeAttribute('aria-invalid');
    const form = this.form;
    form.limitPrice.disabled = form.orderType.value !== 'LIMIT';
    form.startTime.closest('.pair').hidden = form.algo.value === 'IMMEDIATE';
    if (target.name === 'instrument') this.suggest(target.value);
    this.showQuote();
  }

  suggest(typed) {
    const wanted = typed.trim().toUpperCase();
    const found = [...this.instruments.values()]
      .filter(each => [each.instrumentId, each.isin, each.name.toUpperCase()].some(value => value?.includes(wanted)))
      .slice(0, SEARCHED);
    this.form.querySelector('datalist').replaceChildren(...found.map(each => el('option', { value: each.instrumentId }, `${each.name} · ${each.isin ?? 'no ISIN'}`)));
  }

  async showQuote() {
    const typed = this.form.instrument.value.trim().toUpperCase();
    const known = this.instruments.get(typed) ?? [...this.instruments.values()].find(each => each.isin === typed);
    if (!known) return this.quote.replaceChildren(typed ? 'Not an instrument we know.' : 'Choose an instrument.');
    this.quote.replaceChildren(
      el('b', {}, known.name), ` ${known.currency} `, known.marketOpen === undefined ? '' : tag(known.marketOpen ? 'OPEN' : 'CLOSED', known.marketOpen ? 'UP' : 'DOWN'),
      el('br'),
      known.bid && known.ask ? `${decimal(known.bid)} / ${decimal(known.ask)}` : `reference ${decimal(known.referencePrice) || 'unknown'}`,
      el('span', { class: 'muted' }, `  tick ${known.tickSize}, lot ${known.lotSize}`));
    if (this.asked?.id !== known.instrumentId || Date.now() - this.asked.at > 3000) {
      this.asked = { id: known.instrumentId, at: Date.now() };
      const { items } = await get('/execution/instruments', known.isin ? { isin: known.isin, mic: known.mic } : { mic: known.mic, limit: 1000 }).catch(() => ({ items: [] }));
      const fresh = items.find(each => each.instrumentId === known.instrumentId);
      if (fresh) {
        this.instruments.set(fresh.instrumentId, fresh);
        this.showQuote();
      }
    }
  }

  decision() {
    const form = this.form;
    const typed = form.instrument.value.trim().toUpperCase();
    const utc = value => value ? `${value}${value.length === 16 ? ':00' : ''}Z` : undefined;
    const scheduled = form.algo.value !== 'IMMEDIATE';
    return {
      accountId: form.accountId.value, strategyId: form.strategyId.value, traderId: form.traderId.value,
      ...(/^[A-Z]{2}[A-Z0-9]{10}$/.test(typed) ? { isin: typed } : { instrumentId: typed || undefined }),
      side: this.side,
      quantity: form.quantity.value.replaceAll(/[\s']/g, ''),
      orderType: form.orderType.value,
      limitPrice: form.orderType.value === 'LIMIT' ? form.limitPrice.value.trim() : undefined,
      algo: form.algo.value,
      startTime: scheduled ? utc(form.startTime.value) : undefined,
      endTime: scheduled ? utc(form.endTime.value) : undefined,
      reason: form.reason.value.trim() || undefined,
    };
  }

  async send() {
    const button = this.form.querySelector('.primary');
    const typed = this.form.quantity.value;
    // What is typed while the answer is on its way is of the next one.
    const sent = () => {
      if (this.form.quantity.value === typed) this.form.quantity.value = '';
    };
    button.disabled = true;
    this.answer.replaceChildren();
    this.form.querySelectorAll('[aria-invalid]').forEach(field => field.removeAttribute('aria-invalid'));
    try {
      const { key } = this;
      const decision = await post('/execution/decisions', this.decision(), { 'Idempotency-Key': key });
      if (key === this.key) this.key = idempotencyKey();
      if (decision.status === 'ACCEPTED') {
        notice('good', 'Accepted', `${decision.side} ${decimal(decision.quantity)} ${decision.instrumentId} is order ${decision.orderId}.`);
        sent();
        this.accepted(decision);
      } else if (decision.status === 'HELD') {
        this.said('Held. ', `It waits for somebody of risk to let it pass or to refuse it, on the approvals page (0). `, decision);
        sent();
      } else {
        this.said('Refused by risk. ', '', decision);
      }
    } catch (problem) {
      this.wrong(problem);
    } finally {
      button.disabled = false;
    }
  }

  /** What became of a decision that did not pass, and why. */
  said(title, more, decision) {
    this.answer.replaceChildren(
      el('p', { class: `problem${decision.status === 'HELD' ? ' waits' : ''}`, role: 'alert' }, el('b', {}, title), more, decision.refusals.map(refusal => refusal.detail).join(' ')),
      table([
        { title: 'Rule', of: check => words(check.rule) }, { title: 'Measured', number: true, of: check => short(check.measured) },
        { title: 'Limit', number: true, of: check => short(check.limit) }, { title: '', of: check => tag(check.verdict) },
      ], decision.riskChecks ?? [], ''));
  }

  wrong(problem) {
    const others = problem.errors.map(error => error.detail).filter(detail => detail !== problem.message);
    this.answer.replaceChildren(el('div', { class: 'problem', role: 'alert' },
      el('b', {}, problem.title), el('p', {}, problem.message), others.map(detail => el('p', {}, detail)),
      el('p', { class: 'muted mono' }, problem.code)));
    for (const { field } of problem.errors) {
      const name = field.replace('$.', '');
      const input = this.form.elements[['instrumentId', 'isin', 'mic'].includes(name) ? 'instrument' : name];
      input?.setAttribute('aria-invalid', 'true');
      input?.focus();
    }
  }
}
