// The console: who is signed in, which view is shown, the keyboard.
import { get, onSignedOut, post } from './api.js';
import { Alerts } from './alerts.js';
import { Approvals } from './approvals.js';
import { Blotter } from './blotter.js';
import { Breaks } from './breaks.js';
import { External } from './external.js';
import { Jobs } from './jobs.js';
import { Limits } from './limits.js';
import { Live } from './live.js';
import { Positions } from './positions.js';
import { Reports } from './reports.js';
import { el, trouble, words } from './show.js';
import { Stop } from './stop.js';
import { Ticket } from './ticket.js';
import { Unknown } from './unknown.js';

const VIEWS = ['blotter', 'positions', 'jobs', 'breaks', 'reports', 'external', 'unknown', 'limits', 'stop', 'approvals'];
const id = name => document.getElementById(name);
let desk;

class Desk {
  constructor(me) {
    this.session = { ...me, has: (...roles) => roles.some(role => me.roles.includes(role)) };
    this.live = new Live(state => {
      id('stream').textContent = state === 'live' ? 'live' : 'reconnecting';
      id('stream').className = `chip ${state === 'live' ? 'good' : 'bad'}`;
    });
    this.blotter = new Blotter(this.live, this.session);
    this.ticket = new Ticket(this.session, decision => this.accepted(decision));
    this.views = { blotter: { enter: () => undefined, leave: () => undefined }, positions: new Positions(this.live), jobs: new Jobs(this.session), breaks: new Breaks(this.session), reports: new Reports(), external: new External(this.live, this.session), unknown: new Unknown(this.live, this.session, byBroker => this.unknown(byBroker)), limits: new Limits(this.live, this.session), stop: new Stop(this.live, this.session, restricting => this.stopped(restricting)), approvals: new Approvals(this.live, this.session, count => this.held(count)) };
    this.alerts = new Alerts(this.live, ['alert-list', 'alerts']);
    this.brokers = new Map();
    this.live.on('BROKER', broker => this.broker(broker));
    this.live.on('TRADING_DAY', day => {
      this.told = day;
      this.day(day);
    });
  }

  async open() {
    const roles = this.session.roles.map(words).join(', ');
    id('user').textContent = roles === this.session.userName ? roles : `${this.session.userName} · ${roles}`;
    document.querySelectorAll('[data-role]').forEach(element => { element.hidden = !this.session.has(element.dataset.role); });
    this.live.open();
    const view = location.hash.slice(1);
    this.show(VIEWS.includes(view) ? view : 'blotter');
    try {
      const [brokers, days] = await Promise.all([get('/execution/brokers'), get('/execution/trading-days', { limit: 1 }), this.blotter.load(), this.views.external.load(), this.views.unknown.load(), this.views.stop.load(), this.views.approvals.load()]);
      // What the stream told meanwhile is newer.
      brokers.items.forEach(broker => this.broker({ ...broker, ...this.brokers.get(broker.brokerId) }));
      // The business's own clock may differ from this machine's, so its latest day comes first.
      const day = days.items[0] ?? { businessDate: new Date().toISOString().slice(0, 10), status: 'not opened' };
      if (!this.told || this.told.businessDate < day.businessDate) this.day(day);
      this.views.jobs.day(day.businessDate);
    } catch (problem) {
      trouble(problem);
    }
  }

  close() {
    this.live.close();
    this.views[this.view]?.leave();
  }

  show(view) {
    this.views[this.view]?.leave();
    this.view = view;
    // The keyboard does not stay in what is hidden.
    if (document.activeElement?.closest('.view') && document.activeElement.closest('.view') !== id(view)) document.activeElement.blur();
    for (const name of VIEWS) id(name).hidden = name !== view;
    document.querySelectorAll('[role="tab"]').forEach(tab => {
      tab.setAttribute('aria-selected', tab.dataset.view === view);
      tab.tabIndex = tab.dataset.view === view ? 0 : -1;
    });
    history.replaceState(null, '', `#${view}`);
    this.grid()?.redraw();
    this.views[view].enter();
  }

  grid() {
    return { blotter: this.blotter.grid, positions: this.views.positions.positions, breaks: this.views.breaks.shown, reports: this.views.reports.grid, external: this.views.external.grid, unknown: this.views.unknown.grid, limits: this.views.limits.shown, stop: this.views.stop.grid, approvals: this.views.approvals.grid }[this.view];
  }

  accepted(decision) {
    const before = this.blotter.orderId;
    get(`/execution/orders/${encodeURIComponent(decision.orderId)}`)
      .then(async ({ order }) => {
        await this.blotter.grid.tabulator.updateOrAddData([order]);
        this.blotter.changed(order);
        // Somebody may look at another one by now.
        if (before === this.blotter.orderId) this.blotter.grid.choose(order.orderId);
      })
      .catch(trouble);
  }

  broker(broker) {
    this.brokers.set(broker.brokerId, { ...this.brokers.get(broker.brokerId), ...broker });
    this.views.unknown.broker(this.brokers.get(broker.brokerId));
    this.chips();
  }

  /** Whatever view is open, everybody sees that something is stopped. */
  stopped(restricting) {
    const chip = id('stopped');
    chip.hidden = !restricting.length;
    chip.textContent = restricting.some(each => each.switchId === 'FIRM' && each.state === 'HALTED') ? 'trading is stopped' : `${restricting.length} stopped`;
  }

  held(count) {
    const chip = id('held');
    chip.hidden = !count;
    chip.textContent = `${count} to approve`;
  }

  /** The stream tells of a broker when its session or its gate changes, not when one of its orders becomes unknown. */
  unknown(byBroker) {
    for (const broker of this.brokers.values()) broker.unknownRoutes = byBroker.get(broker.brokerId)?.length ?? 0;
    this.chips();
  }

  chips() {
    id('brokers').replaceChildren(...[...this.brokers.values()].sort((a, b) => a.brokerId.localeCompare(b.brokerId)).map(each =>
      el('span', { class: `chip ${each.state !== 'UP' || each.gate === 'BLOCKED' ? 'bad' : each.gate === 'RECONCILING' || each.unknownRoutes > 0 ? 'warn' : 'good'}`, title: [each.name, each.fixVersion, each.session, each.gate === undefined ? '' : `${words(each.gate)}: ${each.gateReason ?? ''}`, each.unknownRoutes > 0 ? `${each.unknownRoutes} of unknown state` : '', each.openRoutes === undefined ? '' : `${each.openRoutes} open routes`, each.fillsToday === undefined ? '' : `${each.fillsToday} fills`, each.rejectsToday === undefined ? '' : `${each.rejectsToday} rejects`].filter(Boolean).join(', ') }, each.gate === 'BLOCKED' || each.gate === 'RECONCILING' ? `${each.brokerId} ${words(each.gate)}` : each.brokerId)));
  }

  day(day) {
    id('day').textContent = `${day.businessDate} ${words(day.status)}`;
    id('day').className = `chip ${day.status === 'OPEN' ? 'good' : day.status === 'CLOSING' ? 'warn' : ''}`;
  }

  key(event) {
    // An open dialog has the keyboard to itself.
    if (document.querySelector('dialog[open]')) return;
    const typing = event.target.matches('input, select, textarea');
    if (event.key === 'Escape') {
      if (this.alerts.isOpen) this.alerts.toggle(false);
      else if (typing && (event.target.type === 'search' || ['stop', 'breaks'].includes(this.view))) event.target.blur();
      else if (this.ticket.isOpen) this.ticket.close();
      else if (this.view === 'blotter') this.blotter.close();
      else if (this.view === 'breaks') this.views.breaks.escape();
      else if (this.view === 'external') this.views.external.leaveDetail();
      else if (this.view === 'unknown') this.views.unknown.leaveDetail();
      else if (this.view === 'limits') this.views.limits.leaveDetail();
      else if (this.view === 'stop') this.views.stop.leaveDetail();
      else if (this.view === 'approvals') this.views.approvals.leaveDetail();
      return;
    }
    if (typing || event.ctrlKey || event.metaKey || event.altKey) return;
    const onTab = event.target.matches('[role="tab"]');
    // What is pressed with the space bar keeps it.
    const own = this.view === 'breaks' && !(event.key === ' ' && event.target.matches('button, a, summary')) && this.views.breaks.keys[event.key];
    if (own) {
      event.preventDefault();
      own();
      return;
    }
    const actions = {
      n: () => { this.show('blotter'); this.ticket.open().catch(trouble); },
      '/': () => id(this.view)?.querySelector('input[type="search"]')?.focus(),
      j: () => this.grid()?.step(1), ArrowDown: () => this.grid()?.step(1),
      k: () => this.grid()?.step(-1), ArrowUp: () => this.grid()?.step(-1),
      a: () => this.view === 'blotter' && this.blotter.amend(),
      x: () => ({ blotter: () => this.blotter.cancel(), approvals: () => this.views.approvals.refuse() })[this.view]?.(),
      c: () => this.view === 'external' && this.views.external.claim(),
      d: () => this.view === 'external' && this.views.external.disown(),
      e: () => this.view === 'unknown' && this.views.unknown.say(),
      r: () => this.view === 'unknown' && this.views.unknown.reconcile(),
      s: () => this.view === 'stop' ? this.views.stop.stop() : this.show('stop'),
      o: () => this.view === 'stop' && this.views.stop.reopen(),
      p: () => ({ limits: () => this.views.limits.propose(), stop: () => this.views.stop.approve(), approvals: () => this.views.approvals.pass() })[this.view]?.(),
      u: () => this.view === 'limits' && this.views.limits.toggle(),
      '!': () => this.alerts.toggle(),
      t: theme, '?': () => id('keys').showModal(),
      ArrowRight: onTab && (() => this.tab(1)), ArrowLeft: onTab && (() => this.tab(-1)),
    };
    VIEWS.forEach((view, i) => { actions[String((i + 1) % 10)] = () => this.show(view); });
    if (actions[event.key]) {
      event.preventDefault();
      actions[event.key]();
    }
  }

  tab(by) {
    this.show(VIEWS[(VIEWS.indexOf(this.view) + by + VIEWS.length) % VIEWS.length]);
    document.querySelector('[role="tab"][aria-selected="true"]').focus();
  }
}

function theme() {
  const next = document.documentElement.dataset.theme === 'dark' ? 'light' : 'dark';
  document.documentElement.dataset.theme = next;
  localStorage.setItem('theme', next);
}

function signedOut(problem) {
  desk?.close();
  id('app').hidden = true;
  id('sign-in').hidden = false;
  document.querySelectorAll('dialog[open]').forEach(dialog => dialog.close());
  const message = document.querySelector('#sign-in .problem');
  message.hidden = !problem;
  message.textContent = problem ?? '';
  document.querySelector('#sign-in input').focus();
}

async function signedIn(me) {
  id('sign-in').hidden = true;
  id('app').hidden = false;
  desk = new Desk(me);
  await desk.open();
}

document.documentElement.dataset.theme = localStorage.getItem('theme') ?? (matchMedia('(prefers-color-scheme: light)').matches ? 'light' : 'dark');
onSignedOut(() => {
  // The first question of a fresh page is answered with 401 too, and that is no news.
  if (desk) signedOut('You were signed out. Sign in again.');
});

document.querySelector('#sign-in form').addEventListener('submit', async event => {
  event.preventDefault();
  const form = event.target;
  try {
    await post('/execution/sign-in', { userName: form.userName.value.trim(), password: form.password.value });
    // A fresh page: nothing of whoever was here before stays on the screen.
    location.reload();
  } catch (problem) {
    signedOut(problem.message);
    form.password.select();
  }
});
id('sign-out').addEventListener('click', async () => {
  await post('/execution/sign-out').catch(trouble);
  location.reload();
});
id('theme').addEventListener('click', theme);
id('help').addEventListener('click', () => id('keys').showModal());
id('external-open').addEventListener('click', () => desk.show('external'));
id('held').addEventListener('click', () => desk.show('approvals'));
id('alert-chip').addEventListener('click', () => desk.alerts.toggle());
id('alert-close').addEventListener('click', () => desk.alerts.toggle(false));
id('stopped').addEventListener('click', () => desk.show('stop'));
id('unknown-open').addEventListener('click', () => desk.show('unknown'));
id('new-order').addEventListener('click', () => desk.ticket.open().catch(trouble));
document.querySelectorAll('[role="tab"]').forEach(tab => tab.addEventListener('click', () => desk.show(tab.dataset.view)));
document.addEventListener('keydown', event => desk && !id('app').hidden && desk.key(event));

get('/execution/me').then(signedIn, problem => problem.status === 401 ? signedOut() : signedOut(problem.message));
