// A virtualised table that keeps its place while rows change, and can be walked with the arrow keys.
import { TabulatorFull as Tabulator } from '../webjars/tabulator-tables/dist/js/tabulator_esm.min.mjs';
import { Turns, letGo } from './show.js';

const number = (a, b) => Number(a || 0) - Number(b || 0);

/** A column of exact decimals: aligned by the right edge, sorted by value. */
export const numeric = (title, field, show, more = {}) =>
  ({ title, field, hozAlign: 'right', headerHozAlign: 'right', sorter: number, formatter: cell => show(cell.getValue(), cell.getData()), ...more });
export const text = (title, field, more = {}) => ({ title, field, ...more });
export const built = (title, field, build, more = {}) =>
  ({ title, field, formatter: cell => build(cell.getValue(), cell.getData()) ?? '', ...more });

/** Enter leaves what was typed into a filter for the list. */
export const leaveOnEnter = event => {
  if (event.key === 'Enter' && event.target.matches('input, select')) event.target.blur();
};

export class Grid {
  constructor(place, { index, columns, empty, sort, height, more = {}, chosen = () => {} }) {
    this.ready = new Promise(resolve => {
      this.tabulator = new Tabulator(place, {
        index, columns, layout: 'fitColumns', placeholder: empty, height: height ?? '100%',
        selectableRows: 1, columnDefaults: { minWidth: 56, resizable: true, headerTooltip: true },
        initialSort: sort ? [{ column: sort[0], dir: sort[1] }] : [], ...more,
      });
      this.tabulator.on('tableBuilt', resolve);
    });
    this.tabulator.on('rowSelected', row => chosen(row.getData()));
    this.index = index;
    this.pending = new Map();
    this.told = new Set();
    this.turns = new Turns();
  }

  /** All rows; of several the last. */
  async set(rows) {
    this.wanted = rows;
    await this.ready;
    await letGo(this.tabulator.element);
    if (rows === this.wanted) await this.tabulator.replaceData(rows);
  }

  /**
   * All rows, as fetched. What is put while they are on their way is newer than they are.
   * @returns the rows, or nothing if they came too late
   */
  async load(fetch) {
    const counts = this.turns.ask();
    const told = [];
    this.told.add(told);
    try {
      const rows = await fetch();
      if (!counts()) return undefined;
      await this.set(rows);
      this.told.delete(told);
      told.forEach(row => this.put(row));
      return rows;
    } finally {
      this.told.delete(told);
    }
  }

  /** Changed rows are drawn together once per frame, however fast the stream is. */
  put(row) {
    this.told.forEach(told => told.push(row));
    if (!this.pending.size) requestAnimationFrame(() => this.draw());
    this.pending.set(row[this.index], { ...this.pending.get(row[this.index]), ...row });
  }

  async draw() {
    await this.ready;
    const rows = [...this.pending.values()];
    this.pending.clear();
    if (!rows.length) return;
    await this.tabulator.updateOrAddData(rows);
    for (const row of rows) {
      const shown = this.tabulator.getRow(row[this.index]);
      const element = shown && shown.getElement();
      if (element?.isConnected) {
        element.classList.add('flash');
        // Otherwise it would flash again whenever it is moved.
        element.addEventListener('animationend', () => element.classList.remove('flash'), { once: true });
      }
    }
    this.sortSoon();
  }

  /** Sorting thousands of rows for every tick would cost more than the tick. */
  sortSoon() {
    this.sorting ??= setTimeout(() => {
      this.sorting = undefined;
      const sorters = this.tabulator.getSorters();
      if (sorters.length) this.tabulator.setSort(sorters.map(({ field, dir }) => ({ column: field, dir })));
    }, 400);
  }

  async add(rows) {
    await this.ready;
    await this.tabulator.addData(rows);
  }

  filter(keep) {
    this.tabulator.setFilter(keep);
  }

  get(key) {
    const row = this.tabulator.getRow(key);
    return row ? row.getData() : undefined;
  }

  chosen() {
    return this.tabulator.getSelectedData()[0];
  }

  rows() {
    return this.tabulator.getRows('active');
  }

  choose(key) {
    this.tabulator.deselectRow();
    this.tabulator.selectRow(key);
    this.tabulator.scrollToRow(key, 'nearest', false).catch(() => undefined);
  }

  /** Next or previous row, from the first one if none is chosen. */
  step(by) {
    const rows = this.rows();
    if (!rows.length) return;
    const at = rows.findIndex(row => row.isSelected());
    const next = at < 0 ? 0 : Math.min(rows.length - 1, Math.max(0, at + by));
    this.choose(rows[next].getData()[this.index]);
  }

  redraw() {
    this.ready.then(() => this.tabulator.redraw(true));
  }
}

/** Whether any of the fields holds the words typed into a filter. */
export const holds = (row, typed) => {
  const wanted = typed.trim().toLowerCase().split(/\s+/).filter(Boolean);
  const held = Object.values(row).filter(value => typeof value !== 'object').join(' ').toLowerCase();
  return wanted.every(word => held.includes(word));
};
