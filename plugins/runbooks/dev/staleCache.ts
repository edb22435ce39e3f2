import {
  type RunbookDefinition,
  type RunbookDetail,
  type RunbookProblem,
  type RunbookStatistics,
  type RunbookSuggestion,
} from '@lakehouse-ops/plugin-runbooks-common';

const MINUTE_MS = 60_000;
const parametersSchema = {
  type: 'object',
  required: ['connection', 'prefix'],
  properties: {
    connection: {
      type: 'string',
      title: 'Cache',
      'x-picker': 'redis-connection',
    },
    prefix: {
      type: 'string',
      title: 'Prefix',
      'x-picker': 'key-prefix',
      description: 'Keys that begin so are flushed.',
    },
    about: {
      type: 'string',
      title: 'Service',
      'x-picker': 'entity',
      default: '${{ context.entityRef }}',
    },
    password: {
      type: 'string',
      title: 'Password of the owner',
      secret: true,
    },
    deep: { type: 'boolean', title: 'Look at every key', default: false },
  },
};

export const staleCache: RunbookDefinition = {
  name: 'stale-cache',
  title: 'Stale cache',
  description: 'Spreads the expiry of the keys, and flushes what is stale.',
  verb: 'Flush what is stale',
  owner: 'group:default/data-platform',
  tags: ['redis', 'night'],
  docs: [
    'What a cache holds **too long** misleads whoever reads it.',
    '',
    '1. Look at the [dashboard](https://grafana.example.com/d/cache) first.',
    '2. Tell the owners of the service.',
    '',
    'Flushing makes dashboards slow for *some minutes*: each key is filled again by its first reader. If the fills themselves are slow, flushing makes it worse; then only spread the expiry, and look at what the cluster behind it does. What is flushed can not be brought back, but nothing in a cache is the only copy.',
    '',
    '```',
    'redis-cli --scan --pattern "personal-api:*" | wc -l',
    '```',
  ].join('\n'),
  risk: 'high',
  appliesTo: [
    { kind: 'Resource', type: 'cache' },
    { annotation: 'lakehouse-ops.io/cache' },
  ],
  triggers: [
    { slo: { indicator: 'cache-hit-ratio' } },
    {
      cron: { expression: '0 3 * * *', timeZone: 'UTC' },
      start: { parameters: {} },
    },
  ],
  parameters: parametersSchema,
  target: {
    system: 'redis',
    connection: '${{ parameters.connection }}',
    kind: 'prefix',
    name: '${{ parameters.prefix }}',
  },
  approval: {
    groups: ['group:default/data-platform'],
    count: 1,
    expiresAfterMs: 30 * MINUTE_MS,
  },
  limits: { maxConcurrent: 1, maxPerHour: 20, maxPerTargetPerHour: 4 },
  whenLocked: 'queue',
  runAs: 'user:default/olivia',
  steps: [
    {
      kind: 'check',
      id: 'look',
      title: 'See how bad it is',
      action: 'redis:inspect-prefix',
      input: {},
      assert: 'output.keys < 100000',
      message: 'Too many keys.',
      docs: 'More than 100,000 keys are more than a flush should touch.',
    },
    {
      kind: 'manual',
      id: 'tell',
      title: 'Tell people',
      instruction: 'Tell #data that dashboards will be slow.',
      answerSchema: {},
      expiresAfterMs: 60 * MINUTE_MS,
    },
    {
      kind: 'action',
      id: 'spread',
      title: 'Spread the expiry',
      if: 'steps.look.output.withoutTtl > 0 && parameters.deep',
      action: 'redis:spread-expiry',
      input: {},
      retry: { attempts: 3, delayMs: 5_000 },
    },
    {
      kind: 'action',
      id: 'flush',
      title: 'Flush what is stale',
      action: 'redis:flush-keys',
      input: {},
      timeoutMs: 5 * MINUTE_MS,
      foreach: {
        in: 'steps.look.output.prefixes',
        concurrency: 2,
        maxItems: 50,
        stopOnErrorRate: 0.2,
      },
    },
    {
      kind: 'verify',
      id: 'proof',
      title: 'See that reads hit again',
      action: 'redis:inspect-prefix',
      input: {},
      assert: 'output.hitRatio > 0.9',
      metrics: [],
      withinMs: 5 * MINUTE_MS,
      everyMs: 10_000,
    },
  ],
  onFailure: [
    {
      kind: 'action',
      id: 'undo',
      title: 'Set the expiry back',
      action: 'redis:spread-expiry',
      input: {},
    },
  ],
  finally: [
    {
      kind: 'manual',
      id: 'note',
      title: 'Write down what was seen',
      instruction: 'Add a line to the incident.',
      answerSchema: {},
      expiresAfterMs: 60 * MINUTE_MS,
    },
  ],
};

export const statistics: RunbookStatistics = {
  windowDays: 90,
  runs: 12,
  helped: 9,
  failed: 1,
  medianDurationMs: 94_000,
  lastRunAt: new Date(Date.now() - 3 * 86_400_000).toISOString(),
};

export const staleCacheDetail: RunbookDetail = {
  id: staleCache.name,
  title: staleCache.title,
  description: staleCache.description,
  verb: staleCache.verb,
  risk: staleCache.risk,
  attributes: { readOnly: false, destructive: true, idempotent: true },
  parametersSchema,
  kind: 'runbook',
  owner: staleCache.owner,
  tags: staleCache.tags,
  appliesTo: staleCache.appliesTo,
  triggers: staleCache.triggers,
  approval: staleCache.approval,
  statistics,
  definition: staleCache,
  definitionHash:
    '5f2b9d0c41e7a86358d1f04be9c27a365f2b9d0c41e7a86358d1f04be9c27a36',
  source:
    'https://git.example.com/data/runbooks/blob/main/cache/stale-cache.yaml',
  problems: [
    {
      severity: 'warning',
      field: 'spec.steps[2].if',
      message: 'steps.look.output.withoutTtl is not known to exist.',
      source:
        'https://git.example.com/data/runbooks/blob/main/cache/stale-cache.yaml',
      line: 48,
      column: 11,
    },
  ],
};

export const brokenFiles: RunbookProblem[] = [
  {
    severity: 'error',
    field: 'spec.steps[2].input.table',
    message: 'There is no parameter "tabel". Did you mean "table"?',
    source: 'runbooks/nightly-compaction.yaml',
    line: 31,
    column: 15,
  },
];

export const suggestions: RunbookSuggestion[] = [
  {
    runbook: staleCacheDetail,
    reason: 'It is for cache hit ratio SLOs that fire.',
    parameters: { connection: 'sessions', prefix: 'personal-api:' },
    statistics,
  },
];
