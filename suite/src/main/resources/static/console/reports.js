// What the reporting jobs made, to download.
import { all } from './api.js';
import { Grid, built, holds, text } from './grid.js';
import { bytes, el, moment, trouble, words } from './show.js';

export class Reports {
  constructor() {
    this.grid = new Grid('#report-grid', {
      index: 'reportId', empty: 'No reports yet. Run a reporting job.',
      columns: [
        text('Date', 'businessDate', { width: 100 }), built('Kind', 'kind', kind => kind === 'TCA' ? kind : words(kind), { minWidth: 140 }), text('Format', 'format', { width: 74 }),
        built('File', 'fileName', (name, report) => el('a', { href: `/reporting/reports/${encodeURIComponent(report.reportId)}/content`, download: name, style: 'color:var(--accent)' }, name), { minWidth: 260 }),
        built('Size', 'bytes', bytes, { width: 84, hozAlign: 'right', headerHozAlign: 'right' }), built('Made', 'createdAt', moment, { width: 152 }),
        text('SHA-256', 'sha256', { cssClass: 'mono', minWidth: 160 }),
      ],
    });
    document.getElementById('report-filter').addEventListener('input', event => this.grid.filter(row => holds(row, event.target.value)));
  }

  enter() {
    return this.load();
  }

  leave() {}

  async load() {
    try {
      await this.grid.load(() => all('/reporting/reports'));
    } catch (problem) {
      trouble(problem);
    }
  }
}
