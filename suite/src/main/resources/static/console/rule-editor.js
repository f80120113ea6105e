// A form for a layout or for passes. What is wrong is marked where it is, in the server's words.
import { converse, el } from './show.js';

const LAYOUT_COLUMNS = ['REFERENCE', 'CLIENT_REFERENCES', 'EXECUTION_REFERENCES', 'ACCOUNT', 'SYMBOL', 'MIC', 'ISIN', 'SIDE', 'QUANTITY', 'PRICE', 'GROSS', 'COMMISSION', 'FEES', 'TAX', 'ACCRUED', 'FX_RATE', 'NET', 'TRADE_DATE', 'SETTLE_DATE', 'CURRENCY'];
const MATCH_COLUMNS = ['reference', 'references', 'account', 'instrument', 'isin', 'listing', 'side', 'currency', 'trade', 'quantity', 'price', 'gross', 'costs', 'fees', 'tax', 'accrued', 'fxRate', 'net', 'settles', 'traded'];
const TAGS_HOLD = ['EXECUTION', 'REFERENCE', 'CHANGES', 'SAME', 'ACCOUNT', 'SYMBOL', 'ISIN', 'MARKET', 'SIDE', 'QUANTITY', 'PRICE', 'CURRENCY', 'SETTLE_DATE', 'TRADE_DATE', 'COMMISSION', 'FEES'];
const MEANS = ['EXECUTION', 'EXECUTION_IF_QUANTITY', 'CORRECTION', 'BUST', 'NOTHING', 'UNCLEAR'];
const KINDS = ['REFERENCE', 'COPIES', 'EXACT', 'UNIQUE', 'SUM'];
const UNITS = ['ABSOLUTE', 'BASIS_POINTS', 'CALENDAR_DAYS', 'BUSINESS_DAYS'];

const input = (label, field, value, more = {}) => el('label', {}, label, el('input', { 'data-field': field, value: value ?? '', autocomplete: 'off', spellcheck: 'false', ...more }));
const box = (label, field, checked) => el('label', { class: 'inline' }, el('input', { type: 'checkbox', 'data-field': field, checked }), ` ${label}`);
const select = (label, field, options, value) => el('label', {}, label, el('select', { 'data-field': field }, options.map(option => el('option', { value: option, selected: option === value }, option))));
const bare = (label, field, value, more = {}) => el('input', { 'aria-label': label, 'data-field': field, value: value ?? '', autocomplete: 'off', spellcheck: 'false', ...more });

/** Up, down, away; alt with an arrow does the same from any of its fields, so that the mouse is not needed. */
function movable(element, what) {
  const move = to => {
    const focus = element.contains(document.activeElement) ? document.activeElement : undefined;
    if (to === 'up') element.previousElementSibling?.before(element);
    else element.nextElementSibling?.after(element);
    focus?.focus();
  };
  element.addEventListener('keydown', event => {
    if (!event.altKey || !['ArrowUp', 'ArrowDown'].includes(event.key)) return;
    event.preventDefault();
    event.stopPropagation();
    move(event.key === 'ArrowUp' ? 'up' : 'down');
  });
  const button = (sign, label, run) => el('button', { type: 'button', class: 'quiet', 'aria-label': `${label} ${what}`, title: label, onclick: run }, sign);
  return [button('↑', 'Up', () => move('up')), button('↓', 'Down', () => move('down')), button('×', 'Remove', () => {
    const next = element.nextElementSibling ?? element.previousElementSibling;
    element.remove();
    next?.querySelector('input, select')?.focus();
  })];
}

function adder(label, list, make) {
  return el('button', { type: 'button', onclick: () => {
    const made = make({});
    list.append(made);
    made.querySelector('input, select').focus();
  } }, label);
}

function headingRow({ heading, column }) {
  const row = el('div', { class: 'row' });
  row.append(bare('Heading', 'heading', heading, { class: 'mono', placeholder: 'heading', required: true }), bare('Holds', 'column', column, { list: 'layout-columns', placeholder: 'not needed' }), el('span', {}, movable(row, 'heading')));
  return row;
}

function layoutForm(layout) {
  const headings = el('div', { class: 'rows', 'data-list': 'headings' }, layout.headings.map(headingRow));
  return [
    el('datalist', { id: 'layout-columns' }, LAYOUT_COLUMNS.map(value => el('option', { value }))),
    el('div', { class: 'line' }, input('Separator', 'separator', layout.separator, { maxlength: 1 }), input('Dates', 'dates', layout.dates), input('Decimal mark', 'decimalMark', layout.decimalMark, { maxlength: 1 }), input('Buy is', 'buy', layout.buy), input('Sell is', 'sell', layout.sell), input('Last line begins', 'trailer', layout.trailer)),
    el('div', {}, box('headings in any order, others between them', 'anyOrder', layout.anyOrder), ' ', box('a row is a fill', 'rowPerFill', layout.rowPerFill)),
    el('h3', {}, 'Heading line, in its order'), headings, adder('Add a heading', headings, headingRow),
  ];
}

function tagRow({ tag, holds, where }) {
  const row = el('div', { class: 'row' });
  row.append(bare('Tag', 'tag', tag, { class: 'mono', type: 'number', min: 1, placeholder: 'tag', required: true }), bare('Holds', 'holds', holds, { list: 'tags-hold', placeholder: 'holds', required: true }), bare('Only where', 'where', where, { class: 'mono', placeholder: 'always, or 22=4' }), el('span', {}, movable(row, 'tag')));
  return row;
}

function reportRow({ message, where, means }) {
  const row = el('div', { class: 'row' });
  row.append(bare('Message', 'message', message, { class: 'mono', placeholder: '35=', required: true }), bare('Where', 'where', where, { class: 'mono', placeholder: 'always, or 150=F' }), el('select', { 'aria-label': 'Means', 'data-field': 'means' }, MEANS.map(option => el('option', { value: option, selected: option === means }, option))), el('span', {}, movable(row, 'message')));
  return row;
}

function dropCopyForm({ fields, reports, buy, sell }) {
  const tags = el('div', { class: 'rows', 'data-list': 'fields' }, fields.map(tagRow));
  const messages = el('div', { class: 'rows', 'data-list': 'reports' }, reports.map(reportRow));
  return [
    el('datalist', { id: 'tags-hold' }, TAGS_HOLD.map(value => el('option', { value }))),
    el('div', { class: 'line' }, input('Sides that buy', 'buy', buy.join(', '), { required: true }), input('Sides that sell', 'sell', sell.join(', '), { required: true })),
    el('h3', {}, 'Tags: of those that hold the same, the first that is there counts'), tags, adder('Add a tag', tags, tagRow),
    el('h3', {}, 'Messages: the first line that fits says what one means'), messages, adder('Add a message', messages, reportRow),
  ];
}

function toleranceRow({ column, unit, most, calendar }) {
  const row = el('div', { class: 'row' });
  row.append(bare('Column', 'column', column, { list: 'match-columns', placeholder: 'column', required: true }), el('select', { 'aria-label': 'Unit', 'data-field': 'unit' }, UNITS.map(option => el('option', { value: option, selected: option === unit }, option))),
    bare('At most', 'most', most, { placeholder: 'at most', inputmode: 'decimal', required: true }), bare('Calendar', 'calendar', calendar, { placeholder: 'calendar' }), el('span', {}, movable(row, 'tolerance')));
  return row;
}

function passRow(pass) {
  const element = el('fieldset', { class: 'pass' });
  const tolerances = el('div', { class: 'rows', 'data-list': 'tolerances' }, (pass.tolerances ?? []).map(toleranceRow));
  element.append(el('div', { class: 'line' }, input('Name', 'name', pass.name, { required: true }), select('Kind', 'kind', KINDS, pass.kind), input('The same in', 'keys', (pass.keys ?? []).join(', '), { placeholder: 'account, instrument' }), input('References in', 'references', pass.references, { list: 'match-columns' }), input('Adds up', 'sum', pass.sum, { list: 'match-columns' }), input('Nearest by', 'nearest', (pass.nearest ?? []).join(', '))),
    tolerances,
    el('div', { class: 'how' }, box('a person has to agree', 'proposed', pass.proposed), box('several to several', 'severalToSeveral', pass.severalToSeveral), adder('Add a tolerance', tolerances, toleranceRow), el('div', { class: 'spring' }), el('span', {}, movable(element, 'pass'))));
  return element;
}

function passesForm({ passes, differences }) {
  const list = el('div', { class: 'rows', 'data-list': 'passes' }, passes.map(passRow));
  return [
    el('datalist', { id: 'match-columns' }, MATCH_COLUMNS.map(value => el('option', { value }))),
    el('p', { class: 'muted' }, `Passes run in this order, and what one has matched the next does not see. Columns: ${MATCH_COLUMNS.join(', ')}.`), list, adder('Add a pass', list, passRow),
    el('h3', {}, 'What may differ in a pair and is no break'),
    el('div', { class: 'line' }, input('Price, basis points', 'priceBasisPoints', differences.priceBasisPoints, { inputmode: 'decimal', required: true }), input('Amount, basis points', 'amountBasisPoints', differences.amountBasisPoints, { inputmode: 'decimal', required: true }), input('Amount, minor units', 'minorUnits', differences.minorUnits, { type: 'number', min: 0, required: true })),
  ];
}

const field = (element, name) => element.querySelector(`[data-field="${name}"]`);
const value = (element, name) => field(element, name).value.trim() || undefined;
const words = (element, name) => value(element, name)?.split(/[\s,]+/).filter(Boolean);
const rows = (element, name) => [...element.querySelector(`[data-list="${name}"]`).children];

function layoutOf(form) {
  return {
    headings: rows(form, 'headings').map(row => ({ heading: field(row, 'heading').value, column: value(row, 'column') })), anyOrder: field(form, 'anyOrder').checked, rowPerFill: field(form, 'rowPerFill').checked,
    // A tab or a blank may be the separator.
    separator: field(form, 'separator').value, dates: field(form, 'dates').value, decimalMark: field(form, 'decimalMark').value, buy: field(form, 'buy').value, sell: field(form, 'sell').value, trailer: field(form, 'trailer').value,
  };
}

function dropCopyOf(form) {
  return {
    fields: rows(form, 'fields').map(row => ({ tag: Number(field(row, 'tag').value), holds: value(row, 'holds'), where: value(row, 'where') })),
    reports: rows(form, 'reports').map(row => ({ message: value(row, 'message'), where: value(row, 'where'), means: field(row, 'means').value })),
    buy: words(form, 'buy') ?? [], sell: words(form, 'sell') ?? [],
  };
}

function passesOf(form) {
  return {
    passes: rows(form, 'passes').map(row => ({
      name: value(row, 'name'), kind: field(row, 'kind').value, keys: words(row, 'keys'), references: value(row, 'references'), sum: value(row, 'sum'), nearest: words(row, 'nearest'),
      tolerances: rows(row, 'tolerances').length ? rows(row, 'tolerances').map(each => ({ column: value(each, 'column'), unit: field(each, 'unit').value, most: value(each, 'most'), calendar: value(each, 'calendar') })) : undefined,
      proposed: field(row, 'proposed').checked || undefined, severalToSeveral: field(row, 'severalToSeveral').checked || undefined,
    })),
    differences: { priceBasisPoints: value(form, 'priceBasisPoints'), amountBasisPoints: value(form, 'amountBasisPoints'), minorUnits: Number(field(form, 'minorUnits').value) },
  };
}

/** The field that `$.passes.passes[2].tolerances[0].most` speaks of; what holds it, if there is none of that name. */
function place(form, path) {
  let at = form;
  for (const [, name, index] of path.matchAll(/\.(\w+)(?:\[(\d+)\])?/g)) {
    const list = index === undefined ? null : at.querySelector(`[data-list="${name}"]`)?.children[index];
    at = list ?? field(at, name) ?? at;
  }
  return at === form ? undefined : at;
}

function mark(form, errors) {
  form.querySelectorAll('[aria-invalid]').forEach(element => element.removeAttribute('aria-invalid'));
  const places = errors.map(each => place(form, each.field ?? '')).filter(Boolean);
  places.forEach(element => element.setAttribute('aria-invalid', 'true'));
  const first = places[0];
  (first?.matches('input, select') ? first : first?.querySelector('input, select'))?.focus();
}

/** Resolves to the version that the server keeps, or to nothing if somebody went back. */
export async function edit({ title, rule, same, run }) {
  const dialog = document.getElementById('editor');
  if (dialog.open) return undefined;
  const form = dialog.querySelector('form');
  dialog.querySelector('h2').textContent = title;
  form.querySelector('.fields').replaceChildren(
    el('div', { class: 'line' }, input('First business date', 'validFrom', same ? rule.validFrom : '', { type: 'date', required: true }), input('Last, if it has one', 'validTo', same ? rule.validTo : '', { type: 'date' }), input('Reason', 'reason', same ? rule.reason : '', { maxlength: 500, required: true })),
    ...(same || rule.passes ? [] : [el('div', { class: 'line' }, input('Of what', 'ruleSet', rule.ruleSet, { class: 'mono', required: true, title: 'layout-<broker> for its statement, layout-drop-copy-<broker> for its drop copy, layout-drop-copy for those of all others' }))]),
    ...(rule.layout ? layoutForm(rule.layout) : rule.dropCopyLayout ? dropCopyForm(rule.dropCopyLayout) : passesForm(rule.passes)));
  const answered = await converse(dialog, {
    values: () => ({ validFrom: value(form, 'validFrom'), validTo: value(form, 'validTo'), reason: value(form, 'reason'), ...(field(form, 'ruleSet') ? { ruleSet: value(form, 'ruleSet') } : {}), ...(rule.layout ? { layout: layoutOf(form) } : rule.dropCopyLayout ? { dropCopyLayout: dropCopyOf(form) } : { passes: passesOf(form) }) }), run,
    wrong: (failed, problem) => {
      const errors = failed.errors ?? [];
      if (errors.length > 1) problem.replaceChildren(el('ul', {}, errors.map(each => el('li', {}, each.detail ?? each.message))));
      mark(form, errors);
    },
    focus: () => form.querySelector('input'),
  });
  return answered?.[0];
}
