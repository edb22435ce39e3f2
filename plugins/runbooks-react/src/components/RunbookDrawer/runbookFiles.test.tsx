import { renderInTestApp } from '@backstage/frontend-test-utils';
import type { PreviewStep } from '@lakehouse-ops/plugin-runbooks-common';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { runbooksApiRef } from '../../api';
import { aPreview, aRun, aRunbook, mockRunbooksApi } from '../../testUtils';
import { RunbookDrawer } from './RunbookDrawer';

const approval = {
  groups: ['group:default/data-platform'],
  count: 1,
  expiresAfterMs: 1_800_000,
};
const runbook = aRunbook({
  id: 'cache-stampede',
  kind: 'runbook',
  title: 'Cache stampede',
  verb: 'Stop the stampede',
  risk: 'high',
  approval,
  owner: 'group:default/data-platform',
  parametersSchema: { type: 'object', properties: {} },
});
const steps: PreviewStep[] = [
  {
    id: 'flush',
    title: 'Flush it',
    kind: 'action',
    section: 'steps',
    known: 'now',
    actionId: 'redis:flush-keys',
    risk: 'high',
    content: {
      summary: 'About 4,210 keys are deleted.',
      changes: [{ label: 'Keys', before: 4_210, after: 0, unit: 'count' }],
      untouched: [],
      warnings: [],
    },
  },
  {
    id: 'spread',
    title: 'Spread it',
    kind: 'action',
    section: 'steps',
    known: 'skipped',
    note: 'parameters.deep is false.',
  },
  {
    id: 'proof',
    title: 'See that it hits',
    kind: 'verify',
    section: 'steps',
    known: 'later',
    note: 'It depends on what "Flush it" leaves.',
  },
  {
    id: 'tell',
    title: 'Tell people',
    kind: 'manual',
    section: 'finally',
    known: 'now',
    note: 'Write it down.',
  },
];

function renderDrawer(api: ReturnType<typeof mockRunbooksApi>) {
  renderInTestApp(
    <RunbookDrawer
      open
      runbookId={runbook.id}
      parameters={{}}
      label="Cache stampede"
      onClose={() => {}}
    />,
    { apis: [[runbooksApiRef, api]] },
  );
}

function mockWorld() {
  const api = mockRunbooksApi();
  api.getRunbooks.mockResolvedValue({ items: [runbook] });
  api.getRunbook.mockResolvedValue({
    ...runbook,
    problems: [],
    definition: {
      name: runbook.id,
      title: runbook.title,
      description: runbook.description,
      verb: runbook.verb,
      tags: [],
      docs: 'Look at the **dashboard** first.',
      risk: 'high',
      appliesTo: [],
      triggers: [],
      parameters: {},
      target: { system: 'r', connection: 'c', kind: 'k', name: 'n' },
      limits: {},
      whenLocked: 'refuse',
      steps: [],
      onFailure: [],
      finally: [],
    },
  });
  api.createPreview.mockResolvedValue(
    aPreview({
      runbookId: runbook.id,
      risk: 'high',
      steps,
      approval,
      target: {
        system: 'redis',
        connection: 'sessions',
        kind: 'prefix',
        name: 'personal-api:',
      },
    }),
  );
  return api;
}

describe('RunbookDrawer of a runbook file', () => {
  it('shows docs, target and what each step would do, as far as it is known', async () => {
    renderDrawer(mockWorld());
    expect(await screen.findByText('dashboard')).toBeVisible();
    expect(await screen.findByText('personal-api:')).toBeVisible();
    const main = screen.getByRole('region', { name: 'Steps' });
    const items = within(main)
      .getAllByRole('listitem')
      .filter(item => item.hasAttribute('data-known'));
    expect(items).toHaveLength(3);
    const [flush, spread, proof] = items;
    expect(flush).toHaveTextContent('known now');
    expect(flush).toHaveTextContent('About 4,210 keys are deleted.');
    expect(spread).toHaveTextContent('will be skipped');
    expect(spread).toHaveTextContent('parameters.deep is false.');
    expect(proof).toHaveTextContent('known later');
    expect(proof).toHaveTextContent('It depends on what "Flush it" leaves.');
    expect(
      within(
        screen.getByRole('region', { name: 'In the end, however it went' }),
      ).getByText('Write it down.'),
    ).toBeVisible();
    expect(screen.getByText(/^Good until/)).toBeVisible();
  });

  it('requests an approval, saying of whom, and shows the run that waits', async () => {
    const api = mockWorld();
    api.startRun.mockResolvedValue(
      aRun({
        state: 'waiting',
        waitingFor: {
          kind: 'approval',
          since: '2026-11-21T10:00:00Z',
          until: '2026-11-21T10:30:00Z',
          question: 'Shall it be flushed?',
          groups: ['group:default/data-platform'],
          needed: 1,
          previewHash: 'hash-1',
        },
      }),
    );
    renderDrawer(api);
    expect(
      await screen.findByText(/Somebody of data-platform has to approve/),
    ).toBeVisible();
    const button = await screen.findByRole('button', {
      name: 'Request approval: Stop the stampede',
    });
    await waitFor(() => expect(button).toBeEnabled());
    await userEvent.click(button);
    expect(api.startRun).toHaveBeenCalledTimes(1);
    expect(
      await screen.findByRole('link', { name: 'Open the run page' }),
    ).toBeVisible();
    expect(screen.getAllByText(/approv/i).length).toBeGreaterThan(0);
  });

  it('says its verb alone where nobody has to approve', async () => {
    const api = mockWorld();
    api.getRunbooks.mockResolvedValue({
      items: [{ ...runbook, approval: undefined }],
    });
    api.createPreview.mockResolvedValue(
      aPreview({ runbookId: runbook.id, steps }),
    );
    renderDrawer(api);
    const button = await screen.findByRole('button', {
      name: 'Stop the stampede',
    });
    await waitFor(() => expect(button).toBeEnabled());
    expect(screen.queryByText(/has to approve/)).not.toBeInTheDocument();
  });
});
