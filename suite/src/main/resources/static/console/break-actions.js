// What a person does about breaks, to one or to many at once. Each break is answered on its own.
import { idempotencyKey, post } from './api.js';
import { ask, notice, words } from './show.js';

const RESOLUTIONS = ['CORRECTED_BY_THEM', 'CORRECTED_BY_US', 'ACCEPTED', 'TIMING'];
const AT_ONCE = 1000;
const MOST_SAID = 3;

const cause = (causes, value) => ({ name: 'causeCode', label: 'Cause', options: causes.map(each => each.causeCode), value });
const reason = { name: 'reason', label: 'Reason' };

/** What is asked for, and of which breaks it makes sense. */
export const ACTIONS = {
  OWNER: { title: 'Who looks after it', action: 'Give it', done: 'Given', fits: found => isOpen(found), fields: (causes, { userName }, first) => [{ name: 'owner', label: 'User', value: first.owner ?? userName }] },
  DUE: { title: 'When it is due', action: 'Set it', done: 'Due date set', fits: found => isOpen(found), fields: (causes, session, first) => [{ name: 'dueOn', label: 'Due on', type: 'date', value: first.dueOn }, { ...reason, required: false }] },
  CAUSE: { title: 'Why the two sides differ', action: 'Say it', done: 'Cause recorded', fits: found => isOpen(found), fields: (causes, session, first) => [cause(causes, first.causeCode)] },
  COMMENT: { title: 'Comment', action: 'Comment', done: 'Commented', fits: () => true, fields: () => [{ name: 'text', label: 'Comment' }] },
  CLOSE: { title: 'Close', text: 'It stays closed until the two sides say something else. A material one needs a second person.', action: 'Close', done: 'Closing recorded', fits: found => found.status === 'OPEN', fields: (causes, session, first) => [{ name: 'resolution', label: 'Resolution', options: RESOLUTIONS }, cause(causes, first.causeCode), reason] },
  FORCE_CLOSE: { title: 'Force-close', text: 'It stays closed whatever the two sides say from now on. It always needs a second person.', action: 'Force-close', done: 'Asked of a second person', fits: found => found.status === 'OPEN', fields: (causes, session, first) => [{ name: 'resolution', label: 'Resolution', options: RESOLUTIONS, value: 'ACCEPTED' }, cause(causes, first.causeCode), reason] },
  WRITE_OFF: { title: 'Write off', text: 'Leaves an adjustment for the ledger. It always needs a second person, and has to be within the tolerance.', action: 'Write off', done: 'Asked of a second person', fits: found => found.status === 'OPEN', fields: (causes, session, first) => [cause(causes, first.causeCode), reason] },
  REOPEN: { title: 'Open again', text: 'It keeps its first age.', action: 'Open again', done: 'Open again', fits: found => found.status === 'CLOSED' || found.status === 'CLOSING', fields: () => [reason] },
};
const isOpen = found => found.status === 'OPEN' || found.status === 'CLOSING';

/** One call for each thousand, so that a repeated click does nothing twice. */
async function send(body, breaks) {
  const answers = { done: 0, refused: 0, problems: new Map() };
  for (let at = 0; at < breaks.length; at += AT_ONCE) {
    const some = breaks.slice(at, at + AT_ONCE).map(({ breakId, version }) => ({ breakId, version }));
    const answer = await post('/reconciliation/break-actions', { ...body, breaks: some }, { 'Idempotency-Key': idempotencyKey() });
    answers.done += answer.done;
    answers.refused += answer.refused;
    for (const { problem } of answer.items) if (problem) answers.problems.set(problem.detail ?? problem.title, problem);
  }
  return answers;
}

function say(what, { done, refused, problems }) {
  if (done) notice('good', what, done === 1 ? '1 break' : `${done} breaks`);
  if (refused) notice('bad', refused === 1 ? 'Not done for 1 break' : `Not done for ${refused} breaks`, [...problems.keys()].slice(0, MOST_SAID).join(' ') + (problems.size > MOST_SAID ? ` And ${problems.size - MOST_SAID} more reasons.` : ''));
}

/** Asks what is needed and does it. Resolves to whether anything was sent. */
export async function act(name, breaks, causes, session) {
  const { title, text, action, done, fits, fields } = ACTIONS[name];
  const of = breaks.filter(fits);
  if (!of.length) {
    if (breaks.length) notice('bad', title, breaks.length === 1 ? `Not for a break that is ${words(breaks[0].status)}.` : 'For none of the marked breaks.');
    return false;
  }
  const many = of.length > 1;
  let answers;
  const sent = await ask({
    title: many ? `${title}: ${of.length} breaks` : title, action,
    text: [text, of.length < breaks.length ? `${breaks.length - of.length} of the marked ones are left out: it is not for them.` : ''].filter(Boolean).join(' '),
    fields: fields(causes, session, many ? {} : of[0]),
    run: async values => {
      const said = Object.fromEntries(Object.entries(values).filter(([, value]) => value !== ''));
      answers = await send({ action: name, ...said }, of);
      // One that is refused is said where it was asked, with what was typed.
      if (!many && answers.refused) throw new Error([...answers.problems.keys()][0]);
    },
  });
  if (sent) say(done, answers);
  return sent;
}

/** A second person agrees to what the first one asked for, each to its own. */
export async function agree(breaks) {
  const of = breaks.filter(found => found.status === 'CLOSING');
  if (!of.length) {
    if (breaks.length) notice('bad', 'Agree', 'None of it waits for a second person.');
    return false;
  }
  let answers;
  const sent = await ask({
    title: of.length > 1 ? `Agree to ${of.length} closings` : `Agree: ${words(of[0].closingKind)}`, action: 'Agree',
    text: of.length > 1 ? 'Each is closed as it was asked for.' : `${of[0].closingAskedBy} asked for it: ${of[0].closeReason ?? ''}`,
    fields: [reason],
    run: async ({ reason: said }) => {
      answers = { done: 0, refused: 0, problems: new Map() };
      for (const group of Object.values(Object.groupBy(of, found => `${found.closingKind} ${found.resolution}`))) {
        const { closingKind, resolution } = group[0];
        const answer = await send({ action: closingKind, reason: said, ...(closingKind === 'WRITE_OFF' ? {} : { resolution }) }, group);
        answers.done += answer.done;
        answers.refused += answer.refused;
        answer.problems.forEach((problem, detail) => answers.problems.set(detail, problem));
      }
      if (of.length === 1 && answers.refused) throw new Error([...answers.problems.keys()][0]);
    },
  });
  if (sent) say('Closed', answers);
  return sent;
}
