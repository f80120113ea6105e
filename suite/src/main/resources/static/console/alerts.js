// What a person should look at now, from whatever page: a count in the bar, and the list of what was said.
import { el, table, tag, time, words } from './show.js';

const SHOWN = 100;
const TONES = {
  BLOCK: ['TRADING_STOPPED', 'MARKET_HALTED', 'BREAKER_OPENED', 'RULE_BLOCKED', 'BROKER_BLOCKED', 'UNKNOWN_AT_BROKER', 'ORPHAN_FILL', 'OVERFILL', 'FILL_AFTER_END', 'FILL_BEYOND_LIMIT', 'CONFLICTING_FILL', 'BROKER_DISAGREES', 'FILL_INFERRED', 'ALLOCATION_REFUSED', 'CONFIRMATION_MISMATCH', 'TRADE_CHANGED'],
  PASS: ['TRADING_REOPENED', 'MARKET_RESUMED', 'BREAKER_CLOSED'],
};
const tone = kind => Object.keys(TONES).find(key => TONES[key].includes(kind)) ?? 'WARN';

export class Alerts {
  /** @param places the lists that show them, on whatever page */
  constructor(live, places) {
    this.places = places;
    this.alerts = [];
    this.unseen = 0;
    this.panel = document.getElementById('alert-panel');
    this.chip = document.getElementById('alert-chip');
    live.on('ALERT', alert => this.add(alert));
    this.draw();
  }

  add(alert) {
    const kind = alert.kind;
    // The same rule again, for one order after the other, is one line that counts.
    const last = this.alerts.find(each => each.kind === kind && each.subject === alert.subject && kind.startsWith('RULE_'));
    if (last) {
      this.alerts.splice(this.alerts.indexOf(last), 1);
      alert = { ...alert, times: (last.times ?? 1) + 1 };
    }
    this.alerts.unshift(alert);
    this.alerts.length = Math.min(this.alerts.length, SHOWN);
    if (this.panel.hidden) this.unseen++;
    this.worst = this.panel.hidden ? tone(kind) === 'BLOCK' || this.worst === 'BLOCK' ? 'BLOCK' : 'WARN' : undefined;
    this.drawing ??= requestAnimationFrame(() => { this.drawing = undefined; this.draw(); });
  }

  draw() {
    this.chip.className = `chip ${!this.unseen ? '' : this.worst === 'BLOCK' ? 'bad' : 'warn'}`;
    this.chip.textContent = this.unseen ? `${this.unseen} ${this.unseen === 1 ? 'alert' : 'alerts'}` : 'alerts';
    this.chip.title = this.alerts.length ? `${words(this.alerts[0].kind)}: ${this.alerts[0].subject} ${this.alerts[0].text} (!)` : 'No alert since this page was opened (!)';
    for (const place of this.places) {
      document.getElementById(place).replaceChildren(table([
        { title: 'At', of: each => time(each.at) }, { title: 'What', of: each => tag(each.kind, tone(each.kind)) },
        { title: 'About', of: each => el('div', {}, el('span', { class: 'mono' }, each.subject), each.times ? el('span', { class: 'muted' }, ` ×${each.times}`) : '', el('p', {}, each.text)) },
      ], this.alerts, 'None since this page was opened.'));
    }
  }

  get isOpen() {
    return !this.panel.hidden;
  }

  toggle(open = this.panel.hidden) {
    this.panel.hidden = !open;
    this.chip.setAttribute('aria-expanded', String(open));
    if (open) {
      this.unseen = 0;
      this.worst = undefined;
      this.draw();
    }
  }
}
