import type {
  Preview,
  PreviewContent,
  PreviewStep,
  RunbookDefinition,
  RunbookDetail,
  RunTarget,
} from '@lakehouse-ops/plugin-runbooks-common';
import {
  aCompaction,
  aCompactionPreview,
} from '@lakehouse-ops/plugin-runbooks-react/testUtils';

const HOUR_MS = 3_600_000;

export const DEFINITION_HASH =
  'c0ffee41e7a86358d1f04be9c27a365f2b9d0c41e7a86358d1f04be9c27a3655';

export const prefixTarget: RunTarget = {
  system: 'redis',
  connection: 'dashboards',
  kind: 'prefix',
  name: 'superset:chart-data:',
};

const flushContent: PreviewContent = {
  summary:
    '1,204 of 18,300 keys under superset:chart-data: go; their charts are asked of Trino again.',
  changes: [
    { label: 'Keys', before: 18_300, after: 17_096, unit: 'count' },
    {
      label: 'Memory',
      before: 912_345_678,
      after: 860_000_000,
      unit: 'bytes',
      estimated: true,
    },
  ],
  samples: {
    columns: ['key', 'TTL', 'size'],
    rows: [
      ['superset:chart-data:7f3a…', '41 s', '44 KiB'],
      ['superset:chart-data:81bd…', '40 s', '44 KiB'],
      ['superset:chart-data:90c2…', '12 s', '1.1 MiB'],
    ],
    total: 1_204,
  },
  untouched: ['Sessions', 'Keys of all other prefixes'],
  warnings: ['Dashboards will be slower for about 2 minutes.'],
};

export const definition: RunbookDefinition = {
  name: 'cache-stampede',
  title: 'Cache stampede',
  description:
    'Flushes what is broken in a cache, spreads expiry and warms it again.',
  verb: 'Stop the stampede',
  owner: 'group:default/data-platform',
  tags: ['redis'],
  docs: 'Many keys that expire at once make everybody ask Trino at once.',
  risk: 'high',
  appliesTo: [{ kind: 'Resource', type: 'cache' }],
  triggers: [{ slo: { indicator: 'cache-hit-ratio' } }],
  parameters: {
    type: 'object',
    required: ['connection', 'prefix'],
    properties: {
      connection: { type: 'string', title: 'Connection' },
      prefix: { type: 'string', title: 'Prefix' },
    },
  },
  target: {
    system: 'redis',
    connection: '${{ parameters.connection }}',
    kind: 'prefix',
    name: '${{ parameters.prefix }}',
  },
  approval: {
    groups: ['group:default/data-platform', 'group:default/on-call'],
    count: 2,
    expiresAfterMs: HOUR_MS / 2,
  },
  limits: { maxConcurrent: 1 },
  whenLocked: 'queue',
  steps: [
    {
      id: 'look',
      kind: 'check',
      title: 'See how bad it is',
      docs: 'A prefix with **fewer than 100,000 keys** can be flushed safely.\n\nMore than that: scale Redis first.',
      action: 'redis:inspect-prefix',
      input: {},
      assert: 'output.keys < 100000',
      message: '${{ output.keys }} keys are more than a flush should touch.',
    },
    {
      id: 'tell',
      kind: 'manual',
      title: 'Tell those who look at the dashboards',
      docs: 'Use the channel `#data-status`.',
      instruction: 'Write in #data-status that dashboards will be slow.',
      answerSchema: { type: 'object', properties: {} },
      expiresAfterMs: HOUR_MS,
    },
    {
      id: 'flush',
      kind: 'action',
      title: 'Flush broken prefixes',
      docs: 'Each prefix goes by itself, so one that fails leaves the others alone.',
      action: 'redis:flush-keys',
      input: {},
      foreach: {
        in: 'steps.look.output.prefixes',
        concurrency: 2,
        maxItems: 50,
        stopOnErrorRate: 0.2,
      },
    },
    {
      id: 'spread',
      kind: 'action',
      title: 'Spread expiry over ten minutes',
      action: 'redis:spread-expiry',
      input: {},
    },
    {
      id: 'proof',
      kind: 'verify',
      title: 'Hit ratio is back above 90 %',
      action: 'redis:inspect-prefix',
      input: {},
      assert: 'output.hitRatio > 0.9',
      metrics: [],
      withinMs: 300_000,
      everyMs: 10_000,
    },
  ],
  onFailure: [
    {
      id: 'undo',
      kind: 'action',
      title: 'Give the old TTLs back',
      action: 'redis:restore-expiry',
      input: {},
    },
  ],
  finally: [
    {
      id: 'all-clear',
      kind: 'action',
      title: 'Tell the channel how it ended',
      action: 'registry:slack:post',
      input: {},
    },
  ],
};

export const detail: RunbookDetail = {
  ...aCompaction({
    id: definition.name,
    title: definition.title,
    description: definition.description,
    verb: definition.verb,
    risk: definition.risk,
    kind: 'runbook',
    owner: definition.owner,
    tags: definition.tags,
    approval: definition.approval,
    attributes: { readOnly: false, destructive: true, idempotent: true },
    parametersSchema: definition.parameters,
  }),
  definition,
  definitionHash: DEFINITION_HASH,
  source: 'runbooks/cache-stampede.yaml',
  problems: [],
};

export const previewSteps: PreviewStep[] = [
  {
    id: 'look',
    title: 'See how bad it is',
    kind: 'check',
    section: 'steps',
    known: 'now',
    actionId: 'redis:inspect-prefix',
    content: {
      summary: '18,300 keys in 12 prefixes.',
      changes: [],
      untouched: [],
      warnings: [],
    },
  },
  {
    id: 'tell',
    title: 'Tell those who look at the dashboards',
    kind: 'manual',
    section: 'steps',
    known: 'now',
    note: 'You are asked to write in #data-status.',
  },
  {
    id: 'flush',
    title: 'Flush broken prefixes',
    kind: 'action',
    section: 'steps',
    known: 'later',
    actionId: 'redis:flush-keys',
    risk: 'high',
    target: prefixTarget,
    note: 'Which prefixes is known once the first step has looked.',
  },
  {
    id: 'spread',
    title: 'Spread expiry over ten minutes',
    kind: 'action',
    section: 'steps',
    known: 'skipped',
    actionId: 'redis:spread-expiry',
    note: 'Skipped: parameters.spread == true does not hold.',
  },
  {
    id: 'proof',
    title: 'Hit ratio is back above 90 %',
    kind: 'verify',
    section: 'steps',
    known: 'now',
    actionId: 'redis:inspect-prefix',
  },
  {
    id: 'undo',
    title: 'Give the old TTLs back',
    kind: 'action',
    section: 'onFailure',
    known: 'later',
    actionId: 'redis:restore-expiry',
  },
  {
    id: 'all-clear',
    title: 'Tell the channel how it ended',
    kind: 'action',
    section: 'finally',
    known: 'now',
    actionId: 'registry:slack:post',
  },
];

export function filePreview(part: Partial<Preview> = {}): Preview {
  return aCompactionPreview({
    id: 'file-preview',
    runbookId: definition.name,
    target: prefixTarget,
    parameters: { connection: 'dashboards', prefix: prefixTarget.name },
    risk: 'high',
    content: flushContent,
    hash: '9ab1d0c41e7a86358d1f04be9c27a365f2b9d0c41e7a86358d1f04be9c27a36a',
    steps: previewSteps,
    definitionHash: DEFINITION_HASH,
    approval: definition.approval,
    ...part,
  });
}
