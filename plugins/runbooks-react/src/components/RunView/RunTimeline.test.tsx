import { renderInTestApp } from '@backstage/frontend-test-utils';
import type { RunStep } from '@lakehouse-ops/plugin-runbooks-common';
import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { RunTimeline } from './RunTimeline';

const phase = (
  id: string,
  state: RunStep['state'],
  part: Partial<RunStep> = {},
) => ({
  id,
  stepId: id.split(/[/#]/)[0],
  title: `Step ${id.split(/[/#]/)[0]}`,
  section: 'steps' as const,
  state,
  ...part,
});

const stepNamed = (name: string) => {
  const item = screen.getByRole('heading', { name }).closest('li');
  if (!item) throw new Error(`There is no step "${name}".`);
  return within(item);
};

describe('RunTimeline', () => {
  it('shows a step once, with its phases, duration, attempt and message', async () => {
    renderInTestApp(
      <RunTimeline
        steps={[
          phase('flush/check', 'succeeded', {
            kind: 'check',
            startedAt: '2026-11-21T10:00:00Z',
            endedAt: '2026-11-21T10:00:01Z',
          }),
          phase('flush/execute', 'succeeded', {
            kind: 'execute',
            attempt: 2,
            startedAt: '2026-11-21T10:00:01Z',
            endedAt: '2026-11-21T10:00:09Z',
            message: '1,204 keys are gone.',
          }),
        ]}
        docs={new Map([['flush', 'Ask **before** noon.']])}
      />,
    );
    await screen.findByRole('heading', { name: 'Step flush' });
    const step = stepNamed('Step flush');
    expect(step.getByText('9.0 s')).toBeVisible();
    expect(step.getByText(/attempt 2/)).toBeVisible();
    expect(step.getByText('1,204 keys are gone.')).toBeVisible();
    expect(
      within(step.getByRole('list', { name: 'Phases' }))
        .getAllByRole('listitem')
        .map(({ textContent }) => textContent),
    ).toEqual(['check: succeeded', 'execute: succeeded']);
    await userEvent.click(step.getByText('About this step'));
    expect(await step.findByText('before')).toBeVisible();
  });

  it('folds the items of a step, with how many are done', async () => {
    const item = (index: number, state: RunStep['state'], message?: string) =>
      phase(`flush#${index}/execute`, state, {
        item: { index, label: `prefix ${index}` },
        message,
      });
    renderInTestApp(
      <RunTimeline
        steps={[
          item(0, 'succeeded'),
          item(1, 'failed', 'READONLY'),
          item(2, 'running'),
        ]}
      />,
    );
    const summary = await screen.findByText('1 of 3 done, 1 failed');
    expect(screen.getByText('prefix 1')).not.toBeVisible();
    await userEvent.click(summary);
    const items = within(screen.getByRole('list', { name: 'Items' }));
    expect(items.getByText('READONLY')).toBeVisible();
    expect(items.getAllByText(/^prefix/)[0]).toHaveTextContent('prefix 1');
  });

  it('has a heading for a section only once something of it ran', async () => {
    const steps = [
      phase('flush/execute', 'failed'),
      phase('undo/execute', 'running', { section: 'onFailure' }),
      phase('tell/execute', 'pending', { section: 'finally' }),
    ];
    renderInTestApp(<RunTimeline steps={steps} />);
    expect(
      await screen.findByRole('heading', { name: 'Because a step failed' }),
    ).toBeVisible();
    expect(
      screen.queryByRole('heading', { name: /At the end/ }),
    ).not.toBeInTheDocument();
    expect(screen.getByText('At the end, always: Step tell.')).toBeVisible();
  });

  it('charts the verification of a step in words too', async () => {
    renderInTestApp(
      <RunTimeline
        steps={[
          phase('proof/verify', 'succeeded', {
            verification: {
              outcome: 'verified',
              summary: 'It is back.',
              metrics: [
                {
                  label: 'Hit ratio',
                  unit: 'percent',
                  before: 7,
                  after: 94,
                  better: 'higher',
                },
              ],
            },
          }),
        ]}
      />,
    );
    expect(
      await screen.findByRole('img', {
        name: 'Hit ratio: 7 % before the run, 94 % after it',
      }),
    ).toBeVisible();
    expect(screen.getByText('(87 points more, better)')).toBeVisible();
  });
});
