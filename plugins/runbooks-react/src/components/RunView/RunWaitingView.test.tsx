import { mockApis, renderInTestApp } from '@backstage/frontend-test-utils';
import { identityApiRef } from '@backstage/core-plugin-api';
import type {
  Allowance,
  Run,
  RunWaiting,
} from '@lakehouse-ops/plugin-runbooks-common';
import { act, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState } from 'react';
import { runbooksApiRef } from '../../api';
import {
  aPreview,
  aResponseError,
  aRun,
  mockRunbooksApi,
} from '../../testUtils';
import { RunWaitingView } from './RunWaitingView';

type Api = ReturnType<typeof mockRunbooksApi>;
type WaitingOf<Kind> = Extract<RunWaiting, { kind: Kind }>;

const times = {
  since: '2026-11-21T10:00:00Z',
  until: '2100-01-01T00:00:00Z',
};
const approval: WaitingOf<'approval'> = {
  kind: 'approval',
  ...times,
  question: 'Flush 12 prefixes at noon?',
  groups: ['group:default/data-platform'],
  needed: 2,
  previewHash: 'hash-1',
};
const decision: WaitingOf<'decision'> = {
  kind: 'decision',
  ...times,
  stepId: 'flush',
  facts: 'The process is gone; Redis gave no answer.',
};

const waitingRun = (waitingFor: RunWaiting, part: Partial<Run> = {}) =>
  aRun({ state: 'waiting', waitingFor, approvals: [], ...part });

function deciding(run: Run, decide: Allowance): Api {
  const api = mockRunbooksApi();
  api.getWaitingApprovals.mockResolvedValue({ items: [{ run, decide }] });
  return api;
}

/** Renders a run; what it returns reads the run again. */
function renderFor(run: Run, api: Api, viewer = 'user:default/lena') {
  let readAgain: (next: Run) => void = () => {};
  const Following = () => {
    const [current, setCurrent] = useState(run);
    readAgain = setCurrent;
    return <RunWaitingView run={current} />;
  };
  renderInTestApp(<Following />, {
    apis: [
      [runbooksApiRef, api],
      [identityApiRef, mockApis.identity({ userEntityRef: viewer })],
    ],
  });
  return (next: Run) => act(() => readAgain(next));
}
const button = (name: string) => screen.findByRole('button', { name });

describe('a run that waits for approval', () => {
  it('shows the preview, what is needed, and takes an approval of exactly that', async () => {
    const run = waitingRun(approval, {
      approvals: [
        {
          runId: 'run-1',
          decision: 'approved',
          by: 'user:default/tom',
          at: '2026-11-21T10:01:00Z',
          comment: 'fine by me',
          previewHash: 'hash-1',
        },
      ],
    });
    const api = deciding(run, { allowed: true });
    renderFor(run, api);
    const approve = await button('Approve');
    expect(screen.getByText('Waits for approval: 1 of 2')).toBeVisible();
    expect(screen.getByText('Flush 12 prefixes at noon?')).toBeVisible();
    expect(screen.getByText(/1 of 2 still needed/)).toHaveTextContent(
      'anyone of data-platform',
    );
    expect(screen.getByText(/fine by me/)).toBeVisible();
    expect(
      within(
        screen.getByRole('region', { name: 'What is to be approved' }),
      ).getByRole('table', { name: 'What will change' }),
    ).toBeVisible();

    await userEvent.click(approve);
    expect(api.decideApproval).toHaveBeenCalledWith('run-1', {
      decision: 'approved',
      previewHash: 'hash-1',
    });
  });

  it('denies only with a reason, and keeps it when the call fails', async () => {
    const run = waitingRun(approval);
    const api = deciding(run, { allowed: true });
    api.decideApproval.mockRejectedValueOnce(
      await aResponseError(409, 'What is to be approved has changed.'),
    );
    renderFor(run, api);
    await userEvent.click(await button('Deny'));
    expect(api.decideApproval).not.toHaveBeenCalled();
    expect(screen.getByText(/Say why/)).toBeVisible();

    const comment = screen.getByRole('textbox', { name: /Comment/ });
    await userEvent.type(comment, 'not at noon');
    await userEvent.click(await button('Deny'));
    expect(
      await screen.findByText('What is to be approved has changed.'),
    ).toBeVisible();
    expect(comment).toHaveValue('not at noon');

    await userEvent.click(await button('Deny'));
    expect(api.decideApproval).toHaveBeenLastCalledWith('run-1', {
      decision: 'denied',
      previewHash: 'hash-1',
      comment: 'not at noon',
    });
  });

  it('tells its starter that others have to, and whom', async () => {
    const run = waitingRun(approval);
    renderFor(
      run,
      deciding(run, { allowed: false, reason: 'It is your own.' }),
      run.startedBy,
    );
    expect(await screen.findByText(/You started this run/)).toHaveTextContent(
      'anyone of data-platform has to',
    );
    expect(
      screen.queryByRole('button', { name: 'Approve' }),
    ).not.toBeInTheDocument();
  });

  it('tells those who may not why, and what to do', async () => {
    const run = waitingRun(approval);
    renderFor(
      run,
      deciding(run, {
        allowed: false,
        reason: 'You are not of data-platform.',
        remedy: 'Ask who is on call.',
      }),
    );
    expect(
      await screen.findByText('You are not of data-platform.'),
    ).toBeVisible();
    expect(screen.getByText('Ask who is on call.')).toBeVisible();
    expect(
      screen.queryByRole('button', { name: 'Approve' }),
    ).not.toBeInTheDocument();
  });

  it('does not approve what has changed under the eyes before it was looked at again', async () => {
    const run = waitingRun(approval);
    const api = deciding(run, { allowed: true });
    const readAgain = renderFor(run, api);
    await button('Approve');
    readAgain(waitingRun({ ...approval, previewHash: 'hash-2' }));
    expect(await button('Approve')).toBeDisabled();
    await userEvent.click(await button('I have looked again'));
    await userEvent.click(await button('Approve'));
    expect(api.decideApproval).toHaveBeenCalledWith('run-1', {
      decision: 'approved',
      previewHash: 'hash-2',
    });
  });

  it('shows what was found on the way when that is what is asked about', async () => {
    const run = waitingRun({
      ...approval,
      stepId: 'flush',
      preview: { ...aPreview().content, summary: '900 keys more than before.' },
    });
    renderFor(run, deciding(run, { allowed: true }));
    expect(await screen.findByText('900 keys more than before.')).toBeVisible();
  });
});

describe('a run that waits for somebody', () => {
  it('takes an answer that fits, and keeps it when the call fails', async () => {
    const api = mockRunbooksApi();
    api.answerStep.mockRejectedValueOnce(new TypeError('Failed to fetch'));
    const run = waitingRun({
      kind: 'answer',
      ...times,
      stepId: 'tell',
      instruction: 'Write in **#data**.',
      answerSchema: {
        type: 'object',
        required: ['link'],
        properties: { link: { type: 'string', title: 'Link', minLength: 3 } },
      },
    });
    const readAgain = renderFor(run, api);
    expect(await button('Done, go on')).toBeDisabled();
    expect(await screen.findByText('#data')).toBeVisible();
    const field = screen.getByRole('textbox', { name: /Link/ });
    await userEvent.type(field, 'https://x');
    // The run is read again and again meanwhile.
    readAgain(JSON.parse(JSON.stringify(run)));
    await userEvent.click(await button('Done, go on'));
    expect(await screen.findByText(/Your answer was not taken/)).toBeVisible();
    expect(screen.getByRole('textbox', { name: /Link/ })).toHaveValue(
      'https://x',
    );
    await userEvent.click(await button('Done, go on'));
    expect(api.answerStep).toHaveBeenLastCalledWith('run-1', {
      stepId: 'tell',
      answer: { link: 'https://x' },
    });
    expect(await screen.findByText(/Your answer was taken/)).toBeVisible();
  });

  it.each([
    ['It took effect', 'done'],
    ['It did not take effect', 'not-done'],
    ['I can’t tell: stop here', 'stop'],
  ] as const)('takes "%s" with how one knows', async (words, outcome) => {
    const api = mockRunbooksApi();
    renderFor(waitingRun(decision), api);
    const say = await button('Say so');
    expect(screen.getByText(decision.facts)).toBeVisible();
    await userEvent.click(
      screen.getByRole('radio', { name: new RegExp(`^${words}`) }),
    );
    expect(say).toBeDisabled();
    await userEvent.type(
      screen.getByRole('textbox', { name: /How you know/ }),
      'redis-cli says so',
    );
    await userEvent.click(say);
    expect(api.decideOutcome).toHaveBeenCalledWith('run-1', {
      stepId: 'flush',
      outcome,
      comment: 'redis-cli says so',
    });
  });

  it('lets its starter say go on', async () => {
    const api = mockRunbooksApi();
    const run = waitingRun({ kind: 'person', ...times });
    renderFor(run, api, run.startedBy);
    await userEvent.click(await button('Go on'));
    expect(api.continueRun).toHaveBeenCalledWith('run-1');
    expect(await screen.findByText('It goes on.')).toBeVisible();
  });

  it('tells others who can let it go on', async () => {
    renderFor(waitingRun({ kind: 'person', ...times }), mockRunbooksApi());
    expect(await screen.findByText(/Only bob can let it go on/)).toBeVisible();
    expect(
      screen.queryByRole('button', { name: 'Go on' }),
    ).not.toBeInTheDocument();
  });
});

describe('a run that waits for no person', () => {
  it('says who holds its target, and leads there', async () => {
    renderFor(
      waitingRun({
        kind: 'lock',
        ...times,
        key: 'redis/main/a',
        heldBy: 'user:default/tom',
        heldByRunId: 'run-0',
      }),
      mockRunbooksApi(),
    );
    expect(
      await screen.findByRole('link', { name: 'The run of tom' }),
    ).toHaveAttribute('href', '/runbooks/runs/run-0');
    expect(screen.getByText('redis/main/a')).toBeVisible();
  });

  it('says who paused it and why', async () => {
    renderFor(
      waitingRun({
        kind: 'pause',
        since: times.since,
        by: 'user:default/tom',
        reason: 'Redis moves.',
      }),
      mockRunbooksApi(),
    );
    expect(await screen.findByText('Held by a pause')).toBeVisible();
    expect(screen.getByText(/Redis moves\./)).toHaveTextContent('tom');
  });
});
