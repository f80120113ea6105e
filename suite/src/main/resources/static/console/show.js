// How things look: elements, numbers, times, states, notices and questions.

/** Builds an element. Text is always text, never markup. */
export function el(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === undefined || value === null || value === false) continue;
    if (key === 'class') element.className = value;
    else if (key.startsWith('on')) element.addEventListener(key.slice(2), value);
    else if (key === 'style') element.style.cssText = value;
    else element.setAttribute(key, value === true ? '' : value);
  }
  element.append(...children.flat(Infinity).filter(child => child !== undefined && child !== null && child !== false));
  return element;
}

/** Groups the digits of an exact decimal. The text is never turned into a float. */
export function decimal(text) {
  if (text === undefined || text === null || text === '') return '';
  const [, sign, whole, fraction] = /^(-?)(\d+)(\.\d+)?$/.exec(text) ?? [];
  return whole === undefined ? String(text) : sign + whole.replace(/\B(?=(\d{3})+$)/g, ' ') + (fraction ?? '');
}

/** For amounts and average prices, which may carry more digits than the eye needs. */
export const short = (text, digits = 4) => {
  if (text === undefined || text === null || text === '') return '';
  const [whole, fraction] = String(text).split('.');
  const kept = fraction?.slice(0, digits);
  return decimal(kept ? `${whole}.${kept}` : whole);
};

const DIGITS = { JPY: 0, BTC: 8, ETH: 8 };
/** An amount with the digits of its currency, so that the points of a column stand below one another. */
export function amount(text, currency) {
  if (text === undefined || text === null || text === '') return '';
  const digits = DIGITS[currency] ?? 2;
  const [whole, fraction = ''] = String(text).split('.');
  return decimal(digits ? `${whole}.${fraction.padEnd(digits, '0').slice(0, digits)}` : whole);
}

export const time = text => text ? text.slice(11, 19) : '';
export const millis = text => text ? (text.slice(11, 23) + '000').slice(0, 12).replace(/Z0*$/, '') : '';
/** Seconds, as roughly as a person says them. */
export const lasting = seconds => seconds === undefined || seconds === null ? '' : seconds < 60 ? `${seconds} s` : seconds < 3600 ? `${Math.floor(seconds / 60)} min` : `${Math.floor(seconds / 3600)} h ${Math.floor(seconds % 3600 / 60)} min`;
export const moment = text => text ? `${text.slice(0, 10)} ${text.slice(11, 19)}` : '';
export const bytes = count => count < 10240 ? `${count} B` : count < 10485760 ? `${Math.round(count / 1024)} kB` : `${Math.round(count / 1048576)} MB`;

const TONES = {
  good: ['FILLED', 'COMPLETED', 'UP', 'OPEN_DAY', 'PASS', 'SETTLED', 'ACCEPTED', 'RESOLVED', 'RELEASED', 'APPLIED'],
  live: ['WORKING', 'PARTIALLY_FILLED', 'NEW', 'STARTED', 'STARTING', 'PENDING_NEW', 'REPLACED'],
  warn: ['PENDING_CANCEL', 'PENDING_REPLACE', 'STOPPING', 'STOPPED', 'SUSPENDED', 'UNKNOWN', 'CLOSING', 'WARN', 'OPEN', 'HELD', 'RECONCILING'],
  bad: ['REJECTED', 'FAILED', 'DOWN', 'BLOCK', 'REFUSED', 'ABANDONED', 'BLOCKED'],
};
export const tone = state => Object.keys(TONES).find(key => TONES[key].includes(state)) ?? '';
export const words = state => String(state ?? '').toLowerCase().replaceAll('_', ' ');
export const tag = (state, as = state) => el('span', { class: `tag ${tone(as)}` }, words(state));
export const side = value => el('span', { class: value === 'BUY' ? 'buy' : 'sell' }, value);

export function facts(pairs) {
  return el('dl', { class: 'facts' }, pairs
    .filter(([, value]) => value !== undefined && value !== null && value !== '')
    .map(([name, value]) => el('div', {}, el('dt', {}, name), el('dd', {}, value))));
}

export function table(columns, rows, empty) {
  if (!rows.length) return el('p', { class: 'muted' }, empty);
  return el('table', {},
    el('thead', {}, el('tr', {}, columns.map(column => el('th', { class: column.number ? 'n' : null, scope: 'col' }, column.title)))),
    el('tbody', {}, rows.map(row => el('tr', {}, columns.map(column =>
      el('td', { class: column.number ? 'n' : column.mono ? 'mono' : null }, column.of(row) ?? ''))))));
}

export function notice(kind, title, detail) {
  const box = el('div', { class: `notice ${kind}`, role: kind === 'bad' ? 'alert' : 'status' },
    el('div', {}, el('b', {}, title), detail ?? ''),
    el('button', { class: 'quiet', 'aria-label': 'Dismiss', onclick: () => box.remove() }, '×'));
  document.getElementById('notices').append(box);
  // What went wrong stays until it is dismissed.
  if (kind !== 'bad') setTimeout(() => box.remove(), 6000);
}
export const trouble = problem => problem.status === 401 ? undefined : notice('bad', problem.title ?? 'Something went wrong', problem.message);

/** Of several answers to the same question the newest counts: one that comes after the answer to a later question does not. */
export class Turns {
  asked = 0;
  answered = 0;

  /** @returns tells, once the answer is there, whether it counts */
  ask() {
    const turn = ++this.asked;
    return () => {
      if (turn < this.answered) return false;
      this.answered = turn;
      return true;
    };
  }

  /** What has been asked until now is not wanted any more. */
  drop() {
    this.answered = ++this.asked;
  }
}

/** Waits while somebody presses a button there: what is pressed must still be there when it is let go. */
export async function letGo(place) {
  while (place.matches(':active')) await new Promise(resolve => requestAnimationFrame(resolve));
}

const drawing = new WeakMap();
const keyed = element => element.dataset.key ?? `${element.localName} ${element.getAttribute('aria-label') ?? element.getAttribute('name') ?? element.textContent}`;

/** Draws a place anew, the last of several only. A press is not lost by it, and what has the focus there keeps it. */
export function redraw(place, ...children) {
  const waits = drawing.has(place);
  drawing.set(place, children);
  if (!waits) drawWhenLetGo(place);
}

function drawWhenLetGo(place) {
  if (place.matches(':active')) {
    requestAnimationFrame(() => drawWhenLetGo(place));
    return;
  }
  const children = drawing.get(place);
  drawing.delete(place);
  const focus = place.contains(document.activeElement) ? keyed(document.activeElement) : undefined;
  place.replaceChildren(...children.filter(child => child !== undefined && child !== null && child !== false && child !== ''));
  if (focus) [...place.querySelectorAll('a, button, input, select, summary')].find(element => keyed(element) === focus)?.focus({ preventScroll: true });
}

/**
 * Puts a dialog's question and does what is answered. Resolves to what `run` gave, in a list, or to nothing if the person
 * went back. What goes wrong is said in the dialog, which stays open with what was typed. Who leaves it while the answer
 * is on its way hears of it all the same; a question that comes while another one is open is not put.
 */
export function converse(dialog, { values, run, wrong = () => {}, focus }) {
  const form = dialog.querySelector('form');
  const problem = dialog.querySelector('.problem');
  const [no, yes] = dialog.querySelectorAll('menu button');
  yes.disabled = false;
  problem.hidden = true;
  return new Promise(resolve => {
    let left = false;
    let running = false;
    const close = () => {
      left = true;
      form.onsubmit = no.onclick = dialog.onclose = dialog.onkeydown = null;
      dialog.close();
      // Where nothing had the focus before, the browser leaves it in the closed dialog until the next frame, and the next
      // key would be typed there.
      if (dialog.contains(document.activeElement)) document.activeElement.blur();
      if (!running) resolve();
    };
    no.onclick = close;
    // At once: left to the browser, the end of the question is heard one task later.
    dialog.onkeydown = event => {
      // As in a line of text: a list alone would keep the key to itself.
      if (event.key === 'Enter' && event.target.matches('select')) {
        event.preventDefault();
        form.requestSubmit();
      }
      if (event.key !== 'Escape') return;
      event.preventDefault();
      // The page has its own use for the key.
      event.stopPropagation();
      close();
    };
    // The end of the question before this one may only be heard now.
    dialog.onclose = () => dialog.open || left || close();
    form.onsubmit = async event => {
      event.preventDefault();
      if (running) return;
      running = yes.disabled = true;
      try {
        const answer = await run(values());
        if (!left) close();
        resolve([answer]);
      } catch (failed) {
        running = false;
        if (left) {
          trouble(failed);
          resolve();
          return;
        }
        problem.textContent = failed.message;
        problem.hidden = false;
        yes.disabled = false;
        wrong(failed, problem);
      }
    };
    dialog.showModal();
    focus().focus();
  });
}

/** Asks for a few fields and does something with them. Resolves to whether it is done. */
export async function ask({ title, text = '', action, fields, run, wide = false }) {
  const dialog = document.getElementById('ask');
  // What somebody types is about the question that stands there.
  if (dialog.open) return false;
  dialog.classList.toggle('wide', wide);
  const form = dialog.querySelector('form');
  const yes = dialog.querySelector('menu button[value="yes"]');
  dialog.querySelector('h2').textContent = title;
  dialog.querySelector('p').textContent = text;
  yes.textContent = action;
  form.querySelector('.fields').replaceChildren(...fields.map(field => el('label', {}, field.label,
    field.options
      ? el('select', { name: field.name }, field.options.map(option => [option].flat()).map(([option, said]) => el('option', { value: option, selected: option === field.value }, said ?? (option === '' ? 'any' : field.plain ? option : words(option)))))
      : field.rows
        ? el('textarea', { name: field.name, rows: field.rows, class: 'mono', required: field.required !== false, spellcheck: 'false' }, field.value ?? '')
        : [el('input', { name: field.name, value: field.value ?? '', required: field.required !== false, type: field.type, multiple: field.multiple, inputmode: field.inputmode, maxlength: field.maxlength ?? 500, autocomplete: 'off', list: field.list && `known-${field.name}` }),
          field.list ? el('datalist', { id: `known-${field.name}` }, field.list.map(value => el('option', { value }))) : ''])));
  for (const { name, files } of fields) if (files) form.elements[name].files = files;
  const several = new Set(fields.filter(field => field.multiple).map(field => field.name));
  const answered = await converse(dialog, {
    values: () => {
      const data = new FormData(form);
      return Object.fromEntries([...data.keys()].map(name => [name, several.has(name) ? data.getAll(name) : data.get(name)]));
    },
    run,
    // What needs no more than a yes has it under the enter key.
    focus: () => form.querySelector('.fields').querySelector('input, select, textarea') ?? yes,
  });
  return Boolean(answered);
}
