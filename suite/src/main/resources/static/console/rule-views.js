// What a layout or passes say, what became different, and what a try found, as tables.
import { decimal, el, facts, table, words } from './show.js';

const toleranceText = each => `${each.column} ${each.most} ${words(each.unit)}${each.calendar ? ` of ${each.calendar}` : ''}`;
const yes = value => value ? 'yes' : 'no';
const LAYOUT = [['separator', 'Separator'], ['dates', 'Dates'], ['decimalMark', 'Decimal mark'], ['buy', 'Buy is'], ['sell', 'Sell is'], ['trailer', 'Last line begins'], ['anyOrder', 'Headings in any order'], ['rowPerFill', 'A row is a fill']];
const SIDES = [['buy', 'Sides that buy'], ['sell', 'Sides that sell']];
const DIFFERENCES = [['priceBasisPoints', 'Price, basis points'], ['amountBasisPoints', 'Amount, basis points'], ['minorUnits', 'Amount, minor units']];
const shown = value => typeof value === 'boolean' ? yes(value) : value === undefined ? '' : String(value);

export function said({ layout, dropCopyLayout, passes }) {
  if (dropCopyLayout) {
    return [facts(SIDES.map(([name, title]) => [title, el('span', { class: 'mono' }, dropCopyLayout[name].join(', '))])),
      table([{ title: 'Tag', number: true, of: each => String(each.tag) }, { title: 'Holds', of: each => words(each.holds) }, { title: 'Only where', mono: true, of: each => each.where }], dropCopyLayout.fields, ''),
      table([{ title: 'Message', mono: true, of: each => `35=${each.message}` }, { title: 'Where', mono: true, of: each => each.where }, { title: 'Means', of: each => words(each.means) }], dropCopyLayout.reports, '')];
  }
  if (layout) {
    return [facts(LAYOUT.map(([name, title]) => [title, el('span', { class: 'mono' }, shown(layout[name]))])),
      table([{ title: 'Column', number: true, of: each => String(each.at) }, { title: 'Heading', mono: true, of: each => each.heading }, { title: 'Holds', of: each => each.column ? words(each.column) : el('span', { class: 'muted' }, 'not needed') }], layout.headings.map((each, i) => ({ ...each, at: i + 1 })), '')];
  }
  return [table([
    { title: 'Order', number: true, of: each => String(each.at) }, { title: 'Pass', of: each => each.name }, { title: 'Kind', of: each => words(each.kind) }, { title: 'Same', of: each => (each.references ? [each.references] : each.keys ?? []).join(', ') },
    { title: 'Adds up', of: each => each.sum }, { title: 'Nearest by', of: each => each.nearest?.join(', ') }, { title: 'Within', of: each => each.tolerances?.map(toleranceText).join('; ') },
    { title: '', of: each => [each.severalToSeveral && 'several to several', each.proposed && 'a person has to agree'].filter(Boolean).join(', ') },
  ], passes.passes.map((each, i) => ({ ...each, at: i + 1 })), ''),
  el('h3', {}, 'What may differ in a pair and is no break'), facts(DIFFERENCES.map(([name, title]) => [title, shown(passes.differences[name])]))];
}

const passText = each => [words(each.kind), each.references, each.keys?.length && `same ${each.keys.join(', ')}`, each.sum && `adds up ${each.sum}`, each.nearest?.length && `nearest by ${each.nearest.join(', ')}`, each.tolerances?.length && `within ${each.tolerances.map(toleranceText).join('; ')}`, each.severalToSeveral && 'several to several', each.proposed && 'a person has to agree'].filter(Boolean).join('; ');

/** Each line of a rule under a name that stays the same from version to version; a heading by the one before it. */
function lines({ layout, dropCopyLayout, passes }) {
  const all = new Map();
  if (dropCopyLayout) {
    SIDES.forEach(([name, title]) => all.set(title, dropCopyLayout[name].join(', ')));
    const held = new Map();
    for (const { tag, holds, where } of dropCopyLayout.fields) held.set(holds, [...held.get(holds) ?? [], where ? `${tag} where ${where}` : tag]);
    held.forEach((tags, holds) => all.set(`Tags of ${words(holds)}`, tags.join(', ')));
    dropCopyLayout.reports.forEach(({ message, where, means }, i) => all.set(`Message ${message}${where ? ` where ${where}` : ''}`, `${i + 1}: ${words(means)}`));
  } else if (layout) {
    LAYOUT.forEach(([name, title]) => all.set(title, shown(layout[name])));
    layout.headings.forEach(({ heading, column }, i) => all.set(`Heading ${heading}`, `${i ? `after ${layout.headings[i - 1].heading}` : 'first'}, ${column ? words(column) : 'not needed'}`));
  } else {
    passes.passes.forEach((pass, i) => all.set(`Pass ${pass.name}`, `${i + 1}: ${passText(pass)}`));
    DIFFERENCES.forEach(([name, title]) => all.set(title, shown(passes.differences[name])));
  }
  return all;
}

export function changes(old, rule) {
  const before = lines(old);
  const after = lines(rule);
  return [...new Set([...before.keys(), ...after.keys()])].filter(what => before.get(what) !== after.get(what)).map(what => ({ what, before: before.get(what) ?? 'not there', after: after.get(what) ?? 'not there' }));
}

/** What a sample file was read as, or why it would be refused. */
export function layoutAsRead({ rows, refusedRows, refusal, reason, heading, counted, shown: first, refused }) {
  const headings = [
    ...heading.missing.map(each => `'${each.heading}' is missing${each.column ? `, which holds ${words(each.column)}` : ''}${each.perhaps ? `; perhaps it is '${each.perhaps}' now` : ''}`),
    ...heading.moved.map(each => `'${each.heading}' moved from column ${each.agreed} to ${each.found}`),
    ...heading.unknown.map(each => `'${each}' is not in the layout`), ...heading.twice.map(each => `'${each}' is there twice`),
  ];
  const columns = first[0]?.values.map(value => value.column) ?? [];
  return [
    refusal ? el('p', { class: 'problem' }, `The file would be refused, ${words(refusal)}: ${reason ?? ''}`) : el('p', {}, `${decimal(String(rows))} ${rows === 1 ? 'row' : 'rows'} read, ${decimal(String(refusedRows))} refused.`),
    counted ? el('p', { class: 'muted' }, counted) : '',
    headings.length ? el('ul', {}, headings.map(each => el('li', {}, each))) : '',
    first.length ? el('div', { class: 'wide-table' }, table([{ title: 'Line', number: true, of: row => String(row.line) }, ...columns.map(column => ({ title: words(column), of: row => row.values.find(value => value.column === column)?.value }))], first, '')) : '',
    refused.length ? table([{ title: 'Refused line', number: true, of: row => String(row.line) }, { title: 'Why', of: row => row.reason }, { title: 'Text', mono: true, of: row => row.text }], refused, '') : '',
  ];
}

/** What a past day would have instead of what it has. */
export function matchesAsRun({ matches, breaks, proposals, examples }) {
  const counts = [['Matches', matches], ['Breaks', breaks], ['Proposals', proposals]].map(([what, each]) => ({ what, ...each }));
  const number = (title, name) => ({ title, number: true, of: row => decimal(String(row[name])) });
  return [
    el('div', { class: 'narrow-table' }, table([{ title: 'What', of: row => row.what }, number('Now', 'before'), number('By this version', 'after'), number('Added', 'added'), number('Gone', 'gone'), number('Changed', 'changed')], counts, '')),
    table([{ title: 'Difference', of: each => `${words(each.what)} ${words(each.change)}` }, { title: 'Of', of: each => each.subject }, { title: 'Now', of: each => each.before }, { title: 'By this version', of: each => each.after }], examples, 'No difference: the day would be matched as it is.'),
  ];
}
