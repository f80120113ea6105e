// Open breaks by age and class, as charts; a bar that is pressed is a filter.
import { decimal, words } from './show.js';

const FEEDS = ['BROKER_TRADE', 'BROKER_DROP_COPY', 'CUSTODIAN_POSITION', 'CUSTODIAN_MOVEMENT', 'CUSTODIAN_PENDING', 'CUSTODIAN_CASH', 'CUSTODIAN_INTRADAY', 'CUSTODIAN_ADVICE', 'STATEMENT'];
const MOST_CLASSES = 8;

// Widths and labels only: what is decided is decided by exact figures elsewhere.
const count = value => decimal(String(Math.round(value)));
const brief = value => Math.abs(value) >= 1e9 ? `${+(value / 1e9).toFixed(1)} bn` : Math.abs(value) >= 1e6 ? `${+(value / 1e6).toFixed(1)} m` : Math.abs(value) >= 1e4 ? `${+(value / 1e3).toFixed(1)} k` : `${+value.toFixed(2)}`;
const sum = (cells, of) => cells.reduce((total, cell) => total + of(cell), 0);

export class BreakCharts {
  /** @param chosen told of the filter that a bar stands for */
  constructor(place, chosen) {
    this.place = place;
    this.chosen = chosen;
    this.charts = new Map();
    // The colours are the page's own and change with its theme.
    new MutationObserver(() => this.draw()).observe(document.documentElement, { attributeFilter: ['data-theme'] });
    new ResizeObserver(() => this.charts.forEach(({ chart }) => chart.resize())).observe(place);
  }

  async show(summary) {
    this.summary = summary;
    this.library ??= import('../charts/echarts.esm.min.mjs');
    this.echarts = await this.library;
    this.draw();
  }

  draw() {
    if (!this.summary || !this.echarts || this.place.hidden) return;
    const { cells, ageBuckets, firmCurrency } = this.summary;
    const feeds = FEEDS.filter(feed => cells.some(cell => cell.feed === feed));
    const byAge = (of, label) => feeds.map(feed => ({
      name: words(feed), of: { feed }, label,
      values: ageBuckets.map(age => sum(cells.filter(cell => cell.feed === feed && cell.ageBucket === age), of)),
    }));
    const classes = [...new Set(cells.map(cell => cell.breakClass))]
      .map(breakClass => ({ breakClass, cells: cells.filter(cell => cell.breakClass === breakClass) }))
      .sort((a, b) => sum(b.cells, cell => cell.openBreaks) - sum(a.cells, cell => cell.openBreaks)).slice(0, MOST_CLASSES).reverse();
    this.chart('ages', 'Open breaks by age, business days', count, ageBuckets.map(age => [age, { ageBucket: age }]), byAge(cell => cell.openBreaks));
    this.chart('money', `At risk by age, ${firmCurrency}`, brief, ageBuckets.map(age => [age, { ageBucket: age }]), byAge(cell => Number(cell.firmMoney)));
    this.chart('classes', classes.length < MOST_CLASSES ? 'Open breaks by class' : 'Open breaks by class, the most frequent', count, classes.map(each => [words(each.breakClass), { breakClass: each.breakClass }]), [
      { name: 'material', of: { material: true }, values: classes.map(each => sum(each.cells, cell => cell.materialBreaks)) },
      { name: 'other', of: {}, values: classes.map(each => sum(each.cells, cell => cell.openBreaks - cell.materialBreaks)) },
    ], true);
  }

  chart(key, title, label, categories, series, across = false) {
    let known = this.charts.get(key);
    if (!known) {
      const element = document.createElement('div');
      element.className = 'chart';
      element.dataset.chart = key;
      element.setAttribute('role', 'img');
      this.place.append(element);
      known = { element, chart: this.echarts.init(element) };
      known.chart.on('click', event => this.chosen({ ...known.categories[event.dataIndex][1], ...known.series[event.seriesIndex].of }));
      this.charts.set(key, known);
    }
    Object.assign(known, { categories, series });
    const totals = categories.map((category, i) => `${category[0]}: ${label(series.reduce((total, each) => total + each.values[i], 0))}`);
    known.element.setAttribute('aria-label', `${title}. ${totals.join(', ') || 'none'}.`);
    const style = getComputedStyle(document.documentElement);
    const colour = name => style.getPropertyValue(name).trim();
    const ink = { color: colour('--muted'), fontSize: 10.5, fontFamily: colour('--font') };
    const names = { type: 'category', data: categories.map(category => category[0]), axisTick: { show: false }, axisLine: { lineStyle: { color: colour('--line') } }, axisLabel: { ...ink, interval: 0, width: across ? 110 : undefined, overflow: 'truncate' } };
    const values = { type: 'value', splitNumber: 3, minInterval: label === count ? 1 : undefined, axisLabel: { ...ink, formatter: value => brief(value), hideOverlap: true }, splitLine: { lineStyle: { color: colour('--line') } } };
    known.chart.setOption({
      animation: false, textStyle: ink,
      color: [colour('--accent'), colour('--warn'), colour('--good'), colour('--sell'), colour('--buy'), '#9a7fd1', '#c07fae', colour('--idle')],
      title: { text: title, left: 0, top: 0, textStyle: { ...ink, color: colour('--ink'), fontSize: 11.5, fontWeight: 600 } },
      legend: { type: 'scroll', top: 18, left: 0, itemWidth: 9, itemHeight: 9, textStyle: ink, pageTextStyle: ink, pageIconColor: colour('--muted'), pageIconInactiveColor: colour('--line') },
      grid: { left: 2, right: 14, top: 44, bottom: 2, outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' },
      tooltip: { trigger: 'axis', axisPointer: { type: 'shadow' }, confine: true, backgroundColor: colour('--raised'), borderColor: colour('--line'), textStyle: { ...ink, color: colour('--ink') }, valueFormatter: label },
      xAxis: across ? values : names, yAxis: across ? names : values,
      series: series.map(each => ({ name: each.name, type: 'bar', stack: 'all', barMaxWidth: across ? 12 : 34, cursor: 'pointer', data: each.values })),
    }, true);
    known.chart.resize();
  }
}
