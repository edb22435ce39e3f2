import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import {
  QUERY_SELECTOR_ANNOTATION,
  SLO_ANNOTATION,
  SloApi,
  TRINO_CLUSTER_ANNOTATION,
} from '@lakehouse-ops/plugin-lakehouse-common';
import {
  mockLakehouse,
  mockResponseError,
} from '../../__testUtils__/mockLakehouse';
import {
  entityWith,
  renderLakehouse,
} from '../../__testUtils__/renderLakehouse';
import {
  mockBrokenFile,
  mockSlo,
  mockSloApi,
  mockSlos,
} from '../__testUtils__';
import { EntitySloContent } from './EntitySloContent';

const LATENCY = 'component.default.personal-api.personal-api-latency';

const entity = entityWith(
  { [SLO_ANNOTATION]: './slos.yaml', [QUERY_SELECTOR_ANNOTATION]: 'source=a' },
  { kind: 'Component', name: 'personal-api' },
);
const cluster = entityWith(
  { [TRINO_CLUSTER_ANNOTATION]: 'analytics' },
  { name: 'analytics' },
);

const show = (
  slos: SloApi,
  options: {
    search?: string;
    entity?: typeof entity;
    runbooks?: Parameters<typeof renderLakehouse>[1]['runbooks'];
  } = {},
) =>
  renderLakehouse(<EntitySloContent />, {
    api: mockLakehouse(),
    slos,
    entity,
    entities: [cluster],
    ...options,
  });

const card = (name: RegExp) => screen.findByRole('region', { name });

describe('the SLO tab', () => {
  it('shows cards, worst first, with figures, budget, sentence and burn rates', async () => {
    await show(mockSloApi());
    const latency = within(await card(/^p95/));
    expect(
      screen
        .getAllByRole('heading', { level: 2 })
        .map(({ textContent }) => textContent),
    ).toEqual(mockSlos().map(({ title }) => title));
    expect(latency.getByText('99.685 %')).toBeInTheDocument();
    expect(latency.getByText('target 99.5 % · 30 days')).toBeInTheDocument();
    expect(
      latency.getByRole('img', {
        name: 'Error budget: 37 % left (1 h 20 m of 3 h 36 m)',
      }),
    ).toBeInTheDocument();
    expect(latency.getByText(/63 % of the budget is gone/)).toBeInTheDocument();
    expect(latency.getByText('At risk')).toBeInTheDocument();
    const rates = latency.getByRole('list', { name: /Burn rates/ });
    expect(
      within(rates)
        .getAllByRole('listitem')
        .map(({ textContent }) => textContent),
    ).toEqual([
      expect.stringContaining('1 h9.2× / 14.4×'),
      expect.stringMatching(/6 h6.4× \/ 6×firing/),
      expect.stringMatching(/3 d1.1× \/ 1×firing/),
    ]);
  });

  it('shows what is overdrawn, and the lock of those who may not act', async () => {
    await show(mockSloApi());
    const breached = within(await card(/less than 2 hours old/));
    expect(
      breached.getByText('Overdrawn by 77 % (12 h 46 m spent of 7 h 12 m)'),
    ).toBeInTheDocument();
    const silence = breached.getByRole('button', { name: 'Silence' });
    expect(silence).toHaveAttribute('aria-disabled', 'true');
    expect(silence).toHaveAccessibleDescription(
      /lakehouse\.slo\.manage on analytics; ask those who run this Backstage/,
    );
    await userEvent.click(silence);
    expect(screen.queryByRole('dialog')).not.toBeInTheDocument();
  });

  it('tells stale, missing and backfilling apart', async () => {
    await show(mockSloApi());
    expect(
      within(await card(/Nine of ten/)).getByText(/alerts are frozen$/),
    ).toBeInTheDocument();
    expect(
      within(await card(/exports succeed/)).getByText(
        'No data in this window.',
      ),
    ).toBeInTheDocument();
    expect(
      within(await card(/wait less than 10 s/)).getByText(
        'The past is being counted.',
      ),
    ).toBeInTheDocument();
  });

  it('opens an SLO at the moment of a link, with its charts', async () => {
    const at = new Date(Date.now() - 30 * 60_000).toISOString();
    const slos = mockSloApi();
    const history = jest.spyOn(slos, 'getSloHistory');
    await show(slos, { search: `?slo=${LATENCY}&at=${at}` });
    const latency = within(await card(/^p95/));
    expect(
      await latency.findByRole('figure', { name: 'Budget left' }),
    ).toBeInTheDocument();
    expect(
      latency.getByText(/Then it was said: The budget burns 6.4/),
    ).toBeInTheDocument();
    const [id, range] = history.mock.calls[0];
    expect(id).toBe(LATENCY);
    expect(Date.parse(range?.from ?? '')).toBe(Date.parse(at) - 6 * 3_600_000);
    await userEvent.click(
      latency.getByRole('button', { name: 'whole window' }),
    );
    await waitFor(() =>
      expect(history.mock.calls[history.mock.calls.length - 1][1]).toEqual({}),
    );
  });

  it('opens and closes by hand, and keeps that in the URL', async () => {
    await show(mockSloApi());
    const latency = within(await card(/^p95/));
    await userEvent.click(latency.getByRole('button', { name: 'Show charts' }));
    expect(screen.getByTestId('location')).toHaveTextContent(`slo=${LATENCY}`);
    expect(
      await latency.findByRole('figure', { name: /Burn rate over 6 h/ }),
    ).toBeInTheDocument();
    await userEvent.click(latency.getByRole('button', { name: 'Hide charts' }));
    expect(screen.getByTestId('location')).toHaveTextContent(/^$/);
  });

  it('shows alerts with who was told, exceptions with who and why, and versions', async () => {
    await show(mockSloApi({ slos: [mockSlo()] }));
    const alerts = await screen.findByRole('table', { name: 'Alerts' });
    expect(within(alerts).getByText('on-call: failed')).toBeInTheDocument();
    expect(
      within(alerts).getByText(/webhook answered 503/),
    ).toBeInTheDocument();
    const times = screen.getByRole('table', {
      name: 'Times that do not count, and silences',
    });
    expect(
      within(times).getByText('Upgrade of the cluster to 476'),
    ).toBeInTheDocument();
    expect(within(times).getByText('alice')).toBeInTheDocument();
    const versions = screen.getByRole('table', { name: 'Versions' });
    expect(
      within(versions).getByText('99 % ≤ 500 ms over 30 days, Timeslices'),
    ).toBeInTheDocument();
  });

  it('suggests runbooks where an alert fires, for that very SLO', async () => {
    const getSuggestions = jest.fn(async () => ({
      items: [
        {
          runbook: {
            id: 'cache-stampede',
            title: 'Cache stampede',
            verb: 'Stop the stampede',
            risk: 'high',
          },
          reason: 'It is for query latency SLOs that fire.',
          parameters: {},
          statistics: { windowDays: 90, runs: 12, helped: 9, failed: 0 },
        },
      ],
    }));
    const [calm] = mockSlos().filter(({ status }) => status === 'healthy');
    await show(mockSloApi({ slos: [mockSlo(), calm] }), {
      runbooks: { getSuggestions: getSuggestions as never },
    });
    const latency = within(await card(/^p95/));
    expect(
      await latency.findByText('It is for query latency SLOs that fire.'),
    ).toBeVisible();
    expect(
      latency.getByText('Ran 12 times, helped 9 times in 90 days'),
    ).toBeVisible();
    expect(
      latency.getByRole('button', { name: 'Stop the stampede' }),
    ).toBeVisible();
    expect(getSuggestions).toHaveBeenCalledTimes(1);
    expect(getSuggestions).toHaveBeenCalledWith({
      slo: { name: mockSlo().name, indicator: 'query-latency' },
      entityRef: 'component:default/personal-api',
    });
  });

  it('tells what its owners suggest when this Backstage has none of it', async () => {
    await show(mockSloApi({ slos: [mockSlo()] }));
    expect(
      await screen.findByText(
        /^Its owners suggest trino:kill-query, trino:compact-table/,
      ),
    ).toBeInTheDocument();
  });

  it('marks runs of the entity’s runbooks', async () => {
    const at = new Date(Date.now() - 3_600_000).toISOString();
    const getRuns = jest.fn(async () => ({
      items: [
        {
          id: 'run-1',
          title: 'Compact table',
          state: 'succeeded',
          createdAt: at,
          startedAt: at,
          target: { name: 'lake.gold.daily_sales' },
        },
      ],
    }));
    await show(mockSloApi({ slos: [mockSlo()] }), {
      runbooks: { getRuns: getRuns as never },
    });
    expect(
      await screen.findByRole('link', {
        name: 'Compact table: succeeded (lake.gold.daily_sales)',
      }),
    ).toHaveAttribute('href', '/runbooks/runs/run-1');
    expect(getRuns).toHaveBeenCalledWith({
      entityRef: 'component:default/personal-api',
      limit: 100,
    });
  });

  it('leads from what spent it to the very queries', async () => {
    await show(mockSloApi(), { search: `?slo=${LATENCY}&show=spent` });
    const list = await screen.findByRole('list', { name: 'By source' });
    const link = await within(list).findByRole('link', {
      name: 'nightly-export',
    });
    const url = new URL(link.getAttribute('href') ?? '', 'http://app');
    expect(url.pathname).toBe('/catalog/default/resource/analytics/lakehouse');
    expect(url.searchParams.get('view')).toBe('queries');
    expect(url.searchParams.get('source')).toBe('nightly-export');
    expect(url.searchParams.get('min')).toBe('500');
    expect(url.searchParams.get('from')).toMatch(/:00:00\.000Z$/);
    expect(within(list).getByText('all others')).toBeInTheDocument();
  });

  it('exports the definition', async () => {
    const slos = mockSloApi();
    const exported = jest.spyOn(slos, 'getSloExport');
    await show(slos, { search: `?slo=${LATENCY}&show=definition` });
    expect(
      await screen.findByRole('table', { name: 'Defined objectives' }),
    ).toHaveTextContent('Wall time of queries on analytics');
    await userEvent.click(
      await screen.findByRole('button', { name: 'Prometheus rules' }),
    );
    await waitFor(() =>
      expect(exported).toHaveBeenCalledWith(
        LATENCY,
        'prometheus',
        expect.anything(),
      ),
    );
  });

  it('tries a change when the typing rests', async () => {
    const slos = mockSloApi();
    const whatIf = jest.spyOn(slos, 'getSloWhatIf');
    await show(slos, { search: `?slo=${LATENCY}&show=what-if` });
    const field = await screen.findByLabelText('Target in %');
    await userEvent.clear(field);
    await userEvent.type(field, '99.9');
    await waitFor(() =>
      expect(whatIf).toHaveBeenCalledWith(
        LATENCY,
        { target: 0.999, threshold: 500 },
        expect.anything(),
      ),
    );
    // What was typed on the way was never asked.
    expect(whatIf.mock.calls.map(([, change]) => change.target)).not.toContain(
      0.99,
    );
    const table = await screen.findByRole('table', {
      name: 'As it is, and with the change',
    });
    await waitFor(() =>
      expect(table).toHaveTextContent('Budget37 % leftOverdrawn by 215 %'),
    );
  });

  it('silences with a reason and an end', async () => {
    const slos = mockSloApi({ slos: [mockSlo()] });
    const silence = jest.spyOn(slos, 'silenceSlo');
    await show(slos);
    await userEvent.click(
      await screen.findByRole('button', { name: 'Silence' }),
    );
    const dialog = within(await screen.findByRole('dialog'));
    const confirm = dialog.getByRole('button', { name: 'Silence alerts' });
    await userEvent.click(confirm);
    expect(silence).not.toHaveBeenCalled();
    expect(dialog.getByText(/Say why in a few words/)).toBeInTheDocument();
    await userEvent.type(dialog.getByLabelText('Reason'), 'Known; INC-812');
    await userEvent.click(dialog.getByRole('button', { name: '4 h' }));
    await userEvent.click(confirm);
    await waitFor(() => expect(silence).toHaveBeenCalledTimes(1));
    const [id, { until, reason }] = silence.mock.calls[0];
    expect([id, reason]).toEqual([mockSlo().id, 'Known; INC-812']);
    expect(Date.parse(until) - Date.now()).toBeGreaterThan(3.9 * 3_600_000);
    await waitFor(() =>
      expect(screen.queryByRole('dialog')).not.toBeInTheDocument(),
    );
  });

  it('takes time out, and says why when it could not', async () => {
    const slos = mockSloApi({
      slos: [mockSlo()],
      overrides: {
        addSloCorrection: async () => {
          throw await mockResponseError(409, 'It overlaps another one.');
        },
      },
    });
    await show(slos);
    await userEvent.click(
      await screen.findByRole('button', { name: 'Take time out' }),
    );
    const dialog = within(await screen.findByRole('dialog'));
    await userEvent.type(dialog.getByLabelText('Reason'), 'Upgrade');
    await userEvent.click(
      dialog.getByRole('button', { name: 'Take time out' }),
    );
    expect(await dialog.findByRole('alert')).toHaveTextContent(
      'It overlaps another one.',
    );
  });

  it('undoes a correction with a reason', async () => {
    const slos = mockSloApi({ slos: [mockSlo()] });
    const remove = jest.spyOn(slos, 'removeSloCorrection');
    await show(slos);
    await userEvent.click(
      await screen.findByRole('button', { name: 'Count it' }),
    );
    const dialog = within(await screen.findByRole('dialog'));
    await userEvent.type(dialog.getByLabelText('Reason'), 'Wrong cluster');
    await userEvent.click(dialog.getByRole('button', { name: 'Count it' }));
    await waitFor(() =>
      expect(remove).toHaveBeenCalledWith(mockSlo().id, 'c1', 'Wrong cluster'),
    );
  });
});

describe('the SLO tab without SLOs', () => {
  it('shows a broken file with line and field, and what stands', async () => {
    await show(mockSloApi({ slos: [], files: [mockBrokenFile()], hidden: 2 }));
    const problems = await screen.findByRole('region', {
      name: /^Problems of https:/,
    });
    expect(problems).toHaveTextContent(
      'line 41:15, spec.objectives[0].target: The target is 1',
    );
    expect(problems).toHaveTextContent(
      /last good version of .* stands: personal-api-latency/,
    );
    expect(
      screen.getByText(/because of the problems above/),
    ).toBeInTheDocument();
    expect(screen.getByText(/2 more SLOs that you may not see/)).toBeVisible();
  });

  it('says what to paste when no file is named, and proposes some', async () => {
    await show(mockSloApi({ slos: [], files: [] }), {
      entity: entityWith({}, { name: 'plain' }),
    });
    expect(
      await screen.findByText('No SLO file is named yet'),
    ).toBeInTheDocument();
    expect(screen.getByText(new RegExp(SLO_ANNOTATION))).toBeInTheDocument();
    await userEvent.click(screen.getByRole('button', { name: 'Create SLO' }));
    const [first] = await screen.findAllByRole('button', { name: 'Use this' });
    await userEvent.click(first);
    expect(
      screen.getByRole('link', { name: /Open a pull request/ }),
    ).toHaveAttribute('href', expect.stringContaining('slos.yaml'));
    expect(
      screen.getByText('The last weeks would have met it'),
    ).toBeInTheDocument();
    const target = screen.getByLabelText('Target in %');
    await userEvent.clear(target);
    await userEvent.type(target, '99.9');
    expect(
      screen.getByText('The last weeks would have missed it'),
    ).toBeInTheDocument();
  });

  it('says that a file holds none yet', async () => {
    await show(mockSloApi({ slos: [], files: [] }));
    expect(
      await screen.findByText(/There is no SLO in \.\/slos\.yaml yet/),
    ).toBeInTheDocument();
  });

  it('tells who may not see it, and what to do when nothing answers', async () => {
    await show(
      mockSloApi({
        overrides: {
          getEntitySlos: async () => {
            throw await mockResponseError(403, 'You need lakehouse.slo.read.');
          },
        },
      }),
    );
    expect(
      await screen.findByText('You need lakehouse.slo.read.'),
    ).toBeInTheDocument();
  });

  it('tells that the SLO of a link is gone', async () => {
    await show(mockSloApi(), { search: '?slo=gone' });
    expect(
      await screen.findByText(/The SLO of this link \(gone\)/),
    ).toBeInTheDocument();
  });
});
