import type {
  PrometheusSliSource,
  SloDefinition,
  SloObjective,
} from '@lakehouse-ops/plugin-lakehouse-common';
import { sloDefinition } from '../../__testUtils__/slos';
import type { ExportedSlo } from '../ExportedSlo';
import { type Answer, badShareOfMinute, counters } from './evaluateRecorded';

const DAY_MS = 86_400_000;

const FAILURES = 'personal_api_failures_total';
const REQUESTS = 'personal_api_requests_total';
const GOOD = `${REQUESTS} - ${FAILURES}`;
const SHARE = `sum(rate(${FAILURES}[1m])) / sum(rate(${REQUESTS}[1m]))`;

/** What Prometheus answers to the queries of the SLOs here. */
export const ANSWERS: Readonly<Record<string, Answer>> = {
  [FAILURES]: counters(({ bad }, at) => bad[at]),
  [REQUESTS]: counters(({ total }, at) => total[at]),
  [GOOD]: counters(({ bad, total }, at) => {
    const [all, failed] = [total[at], bad[at]];
    return all === undefined || failed === undefined ? undefined : all - failed;
  }),
  [SHARE]: badShareOfMinute,
};

function objectiveOf(
  query: PrometheusSliSource['query'],
  overrides: Partial<SloObjective> = {},
): SloObjective {
  return {
    key: '0',
    target: 0.999,
    weight: 1,
    sli: {
      name: 'errors',
      source: { type: 'prometheus', connection: 'metrics', query },
    },
    ...overrides,
  };
}

function sloOf(
  windowDays: number,
  overrides: Partial<SloDefinition>,
): ExportedSlo {
  return {
    id: 'component.default.personal-api.errors',
    definition: sloDefinition({
      name: 'errors',
      displayName: 'Requests that end well',
      window: { kind: 'rolling', durationMs: windowDays * DAY_MS },
      ...overrides,
    }),
  };
}

const BAD = {
  kind: 'bad-ratio',
  bad: FAILURES,
  total: REQUESTS,
  counter: true,
} as const;

/** 99.9 % of requests, counted by Prometheus, over the 30 days that Sloth has windows for. */
export const ERRORS_SLO = sloOf(30, { objectives: [objectiveOf(BAD)] });

/** The same promise, counted in other ways, over a week: `promtool` holds few samples at a time. */
export const OTHER_SLOS: Readonly<Record<string, ExportedSlo>> = {
  'good events': sloOf(7, {
    objectives: [
      objectiveOf({
        kind: 'ratio',
        good: GOOD,
        total: REQUESTS,
        counter: true,
      }),
    ],
  }),
  'a share of each minute': sloOf(7, {
    objectives: [objectiveOf({ kind: 'raw', raw: SHARE, rawType: 'failure' })],
  }),
  'a value against a threshold': sloOf(7, {
    objectives: [
      objectiveOf(
        { kind: 'threshold', value: SHARE },
        { threshold: { op: 'lte', value: 0.01, unit: 'ratio' } },
      ),
    ],
  }),
  Timeslices: sloOf(7, {
    method: 'Timeslices',
    objectives: [
      objectiveOf(BAD, { slice: { durationMs: 300_000, target: 0.97 } }),
    ],
  }),
  RatioTimeslices: sloOf(7, {
    method: 'RatioTimeslices',
    objectives: [objectiveOf(BAD, { slice: { durationMs: 300_000 } })],
  }),
  'a composite': sloOf(7, {
    objectives: [
      objectiveOf(BAD, { weight: 0.5 }),
      objectiveOf(
        { kind: 'raw', raw: SHARE, rawType: 'failure' },
        { key: '1', target: 0.99, weight: 2 },
      ),
    ],
  }),
  'a composite of Timeslices': sloOf(7, {
    method: 'Timeslices',
    objectives: [
      objectiveOf(BAD, { slice: { durationMs: 300_000, target: 0.97 } }),
      objectiveOf(
        { kind: 'raw', raw: SHARE, rawType: 'failure' },
        { key: '1', slice: { durationMs: 300_000, target: 0.9 } },
      ),
    ],
  }),
};
