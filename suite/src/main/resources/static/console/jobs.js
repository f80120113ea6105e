// The job board of the three batch applications: start, stop, restart, progress; and the rows they refused.
import { all, get, post } from './api.js';
import { Grid, built, text } from './grid.js';
import { Turns, ask, decimal, el, lasting, moment, notice, redraw, table, tag, time, tone, trouble } from './show.js';

const APPLICATIONS = ['settlement', 'reconciliation', 'reporting'];
const RUNNING = ['STARTING', 'STARTED', 'STOPPING'];
const RESTARTABLE = ['FAILED', 'STOPPED'];
const FAST = 700;
const SLOW = 4000;
const count = number => number === undefined ? '' : decimal(String(number));

export class Jobs {
  constructor(session) {
    this.session = session;
    this.board = document.getElementById('job-board');
    this.date = document.getElementById('job-date');
    this.date.addEventListener('input', () => { this.dated = true; });
    this.date.addEventListener('change', () => this.loadDay());
    this.opened = new Set();
    this.stepsOf = new Map();
    this.quarantine = new Grid('#quarantine', {
      index: 'key', height: '190px', empty: 'No row is held.',
      columns: [text('Application', 'application', { width: 118 }), text('Feed', 'feed'), text('File', 'fileName', { minWidth: 130 }), text('Line', 'line', { width: 58, hozAlign: 'right' }),
        text('Text', 'text', { cssClass: 'mono', minWidth: 220 }), text('Reason', 'reason', { minWidth: 220 }), built('Since', 'quarantinedAt', moment, { width: 152 }),
        built('', 'key', (key, row) => this.mayRun ? el('button', { onclick: event => { event.stopPropagation(); this.release(row); } }, 'Release') : '', { width: 92, headerSort: false })],
    });
  }

  get mayRun() {
    return this.session.has('OPERATIONS', 'ADMINISTRATOR');
  }

  /** The business's own day, unless somebody has said another one. */
  day(businessDate) {
    if (!this.dated) this.date.value = businessDate;
    if (this.visible) this.loadDay();
  }

  enter() {
    this.visible = true;
    this.loadDay();
    this.loadQuarantine();
    return this.load();
  }

  leave() {
    this.visible = false;
    clearTimeout(this.timer);
  }

  async load() {
    clearTimeout(this.timer);
    const asked = this.asked = {};
    const answers = await Promise.allSettled(APPLICATIONS.map(application => get(`/${application}/jobs`)));
    if (asked !== this.asked) return;
    const boards = APPLICATIONS.map((application, i) => ({ application, jobs: answers[i].value?.items ?? [], problem: answers[i].reason }));
    const running = boards.some(({ jobs }) => jobs.some(job => RUNNING.includes(job.lastRun?.status)));
    // A button that is being pressed must still be there when it is let go.
    if (!this.board.matches(':active')) this.draw(boards);
    if (this.wasRunning && !running) this.loadQuarantine();
    this.wasRunning = running;
    if (this.visible) this.timer = setTimeout(() => this.load(), running ? FAST : SLOW);
  }

  /** Only what changed is drawn again; a button that has the focus keeps it, so that the keyboard keeps its place. */
  draw(boards) {
    const may = this.mayRun;
    for (const { application, jobs, problem } of boards) {
      let section = this.board.querySelector(`[aria-label="${application}"]`);
      if (!section) this.board.append(section = el('section', { 'aria-label': application }, el('h2', {}, application)));
      const wanted = problem ? [{ name: '', problem: problem.message }] : jobs;
      const kept = new Map([...section.querySelectorAll(':scope > [data-drawn]')].map(element => [element.dataset.job, element]));
      wanted.forEach((job, i) => {
        const drawn = JSON.stringify(job) + may;
        const old = kept.get(job.name);
        kept.delete(job.name);
        if (old?.dataset.drawn === drawn) return;
        const focus = old?.contains(document.activeElement) ? document.activeElement.dataset.key : undefined;
        const element = job.problem ? el('p', { class: 'problem' }, job.problem) : this.job(application, job);
        element.dataset.job = job.name;
        element.dataset.drawn = drawn;
        if (old) old.replaceWith(element);
        else section.insertBefore(element, section.children[i + 1] ?? null);
        if (focus) section.querySelector(`[data-key="${CSS.escape(focus)}"]`)?.focus();
      });
      kept.forEach(element => element.remove());
    }
  }

  job(application, job) {
    const run = job.lastRun;
    const running = RUNNING.includes(run?.status);
    const key = `${application} ${job.name}`;
    const bar = el('progress', { max: 1, value: run?.progress ?? 0, class: run ? tone(run.status) : '' });
    bar.setAttribute('aria-label', `Progress of ${job.name}`);
    const button = (action, label, enabled, more = '') => el('button', { 'data-key': `${key} ${action}`, class: more, disabled: !this.mayRun || !enabled, onclick: () => this[action](application, job) }, label);
    return el('div', { class: 'job', 'data-job': job.name, 'data-status': run?.status ?? 'NEVER' },
      el('div', { class: 'head' }, el('b', {}, job.name), run ? tag(run.status) : el('span', { class: 'muted' }, 'never ran'),
        el('div', { class: 'spring' }),
        running ? button('stop', 'Stop', run.status !== 'STOPPING', 'danger')
          : RESTARTABLE.includes(run?.status) ? button('restart', 'Restart', true, 'primary') : null,
        button('start', 'Start', !running)),
      el('p', {}, job.description, job.cutOff ? ` Cut-off ${job.cutOff}.` : ''),
      bar,
      run ? el('div', { class: 'run' },
        el('span', {}, run.businessDate), running ? el('span', {}, `${Math.floor(100 * (run.progress ?? 0))} %`) : null, el('span', {}, `${count(run.itemsDone)}${run.itemsTotal ? ` of ${count(run.itemsTotal)}` : ''} done`),
        running && run.rowsPerSecond ? el('span', { class: 'rate' }, `${count(run.rowsPerSecond)} rows/s${run.secondsLeft === undefined ? '' : `, this step about ${lasting(run.secondsLeft)} more`}`) : null,
        run.itemsRefused ? el('span', { class: 'tag warn' }, `${count(run.itemsRefused)} refused`) : null,
        el('span', {}, `${run.startedBy ?? ''} ${time(run.startedAt)}${run.endedAt ? ` – ${time(run.endedAt)}` : ''}`)) : null,
      run?.exit && run.status !== 'COMPLETED' ? el('p', { class: 'problem' }, run.exit) : null,
      run ? this.steps(application, run, key) : null);
  }

  /** Asked for when somebody opens them, and again whenever the run has moved on. */
  steps(application, run, key) {
    // What was shown of the run stays until its answer is there.
    if (this.stepsOf.get(key)?.runId !== run.runId) this.stepsOf.set(key, { runId: run.runId, place: el('div', { class: 'steps' }, '…'), turns: new Turns() });
    const { place, turns } = this.stepsOf.get(key);
    const fill = (counts = turns.ask()) => get(`/${application}/runs/${run.runId}`).then(
      ({ steps }) => counts() && redraw(place, table([
        { title: 'Step', of: step => el('div', {}, step.name, el('div', { class: 'muted' }, step.startedAt || step.status !== 'STARTING' ? tag(step.status) : 'not begun', step.startedAt ? ` ${time(step.startedAt)}${step.endedAt ? ` – ${time(step.endedAt)}` : ''}` : '', step.status === 'COMPLETED' || !step.exit ? '' : el('p', { class: 'problem' }, step.exit))) },
        { title: 'Read', number: true, of: step => count(step.read) }, { title: 'Written', number: true, of: step => count(step.written) },
        { title: 'Refused', number: true, of: step => count(step.refused) }, { title: 'Of', number: true, of: step => count(step.total) },
        { title: 'Rows/s', number: true, of: step => count(step.rowsPerSecond) },
        { title: 'Left', number: true, of: step => lasting(step.secondsLeft) },
      ], steps, 'No step has begun.')),
      problem => counts() && redraw(place, problem.message));
    return el('details', {
      open: this.opened.has(key),
      ontoggle: event => {
        if (event.target.open) {
          this.opened.add(key);
          fill();
        } else {
          this.opened.delete(key);
        }
      },
    }, el('summary', {}, `Steps of run ${run.runId}`), place);
  }

  async start(application, job) {
    if (!this.date.reportValidity()) return;
    const businessDate = this.date.value;
    try {
      await post(`/${application}/jobs/${job.name}/runs`, { businessDate });
      notice('good', 'Started', `${job.name} for ${businessDate}`);
    } catch (problem) {
      if (problem.code === 'JOB_ALREADY_COMPLETED') await this.again(application, job, businessDate, problem);
      else trouble(problem);
    }
    await this.load();
  }

  /** A finished day runs again only for a reason. */
  async again(application, job, businessDate, problem) {
    const runs = await get(`/${application}/jobs/${job.name}/runs`, { businessDate, limit: 100 });
    const next = 1 + Math.max(1, ...runs.items.map(run => run.run ?? 1));
    await ask({
      title: `Run ${job.name} again?`,
      text: `${problem.message} This would be run ${next} of ${businessDate}.`,
      action: 'Run again',
      fields: [{ name: 'reason', label: 'Reason' }],
      run: ({ reason }) => post(`/${application}/jobs/${job.name}/runs`, { businessDate, run: next, reason }),
    });
  }

  async stop(application, job) {
    await post(`/${application}/runs/${job.lastRun.runId}/stop`).catch(trouble);
    await this.load();
  }

  async restart(application, job) {
    await post(`/${application}/runs/${job.lastRun.runId}/restart`).catch(trouble);
    await this.load();
  }

  async loadDay() {
    clearTimeout(this.dayTimer);
    const asked = this.askedDay = {};
    const place = document.getElementById('trading-day');
    const date = this.date.value;
    if (!date) {
      redraw(place);
      return;
    }
    const day = await get(`/execution/trading-days/${date}`).catch(problem => problem.status === 404 ? null : undefined);
    // Another day may be asked for by now.
    if (day === undefined || asked !== this.askedDay) return;
    const change = verb => async () => {
      try {
        await post(`/execution/trading-days/${date}/${verb}`);
      } catch (problem) {
        trouble(problem);
      }
      this.loadDay();
    };
    redraw(place, el('span', { class: 'day' },
      'Trading day', day ? tag(day.status, day.status === 'OPEN' ? 'UP' : day.status === 'CLOSED' ? '' : 'CLOSING') : el('span', { class: 'muted' }, 'not opened'),
      day ? el('span', { class: 'muted' }, `${day.openOrders ?? 0} open orders, ${day.tradesUnconfirmed ?? 0} unconfirmed trades`) : null,
      !day && this.mayRun ? el('button', { onclick: change('open') }, 'Open the day') : null,
      day?.status === 'OPEN' && this.mayRun ? el('button', { onclick: change('close') }, 'Close the day') : null));
    if (day?.status === 'CLOSING' && this.visible) this.dayTimer = setTimeout(() => this.loadDay(), FAST);
  }

  async loadQuarantine() {
    await this.quarantine.load(async () => {
      const answers = await Promise.allSettled(APPLICATIONS.map(application => all(`/${application}/quarantine`, { status: 'HELD' })));
      return APPLICATIONS.flatMap((application, i) => (answers[i].value ?? []).map(row => ({ ...row, application, key: `${application} ${row.rowId}` })));
    });
  }

  async release(row) {
    const done = await ask({
      title: `Release line ${row.line} of ${row.fileName ?? row.feed}`,
      text: row.reason,
      action: 'Release',
      fields: [{ name: 'correctedText', label: 'Text', value: row.text }, { name: 'reason', label: 'Reason' }],
      run: ({ correctedText, reason }) => post(`/${row.application}/quarantine/${row.rowId}/release`, { reason, correctedText: correctedText === row.text ? undefined : correctedText }),
    });
    if (done) {
      notice('good', 'Released', `The next run of ${row.job} reads it again.`);
      await this.loadQuarantine();
    }
  }
}
