// What broke again and again, so that somebody mends it where it comes from.
import { get } from './api.js';
import { decimal, el, redraw, table, trouble, words } from './show.js';

export class Causes {
  /** @param narrow told of the breaks that somebody wants to see */
  constructor(narrow) {
    this.narrow = narrow;
    this.place = el('div', { class: 'part listing', 'data-part': 'causes', hidden: true });
    document.getElementById('break-parts').append(this.place);
  }

  keys = {};

  async enter() {
    this.place.hidden = false;
    const asked = this.asked = {};
    try {
      const { items, businessDays, asOf } = await get('/reconciliation/recurring-causes');
      if (asked === this.asked) redraw(this.place, el('h3', {}, `What broke again and again in the last ${businessDays} business days${asOf ? ` up to ${asOf}` : ''}`), table([
        { title: 'On', of: each => `${each.days} of ${businessDays} days` }, { title: 'Breaks', number: true, of: each => decimal(String(each.breaks)) }, { title: 'Class', of: each => words(each.breakClass) },
        { title: 'Cause', of: each => each.causeCode ? words(each.causeCode) : el('span', { class: 'muted' }, 'nobody has said') }, { title: 'Feed', of: each => words(each.feed) }, { title: 'Broker', of: each => each.brokerId }, { title: 'Account', of: each => each.accountId }, { title: 'Last on', of: each => each.lastOn },
        { title: '', of: ({ feed, breakClass, brokerId = '', accountId = '', causeCode = '' }) => el('button', { 'data-key': [feed, breakClass, brokerId, accountId, causeCode].join(), onclick: () => this.narrow({ feed, breakClass, brokerId, accountId, causeCode }) }, 'Open ones') },
      ], items, 'Nothing broke on two days.'));
    } catch (problem) {
      if (asked === this.asked) trouble(problem);
    }
  }

  leave() {
    this.place.hidden = true;
  }

  escape() {}
}
