import {
  type Preview,
  type PreviewStep,
  type RunTarget,
} from '@lakehouse-ops/plugin-runbooks-common';
import { contents } from './world';
import { staleCache, staleCacheDetail } from './staleCache';

const staleCacheSteps: PreviewStep[] = [
  {
    id: 'look',
    title: 'See how bad it is',
    kind: 'check',
    section: 'steps',
    known: 'now',
    actionId: 'redis:inspect-prefix',
    content: {
      summary: 'personal-api: has 4,210 keys, of which 62 % have no expiry.',
      changes: [],
      untouched: [],
      warnings: [],
    },
  },
  {
    id: 'tell',
    title: 'Tell people',
    kind: 'manual',
    section: 'steps',
    known: 'now',
    note: 'Tell #data that dashboards will be slow.',
  },
  {
    id: 'spread',
    title: 'Spread the expiry',
    kind: 'action',
    section: 'steps',
    known: 'skipped',
    actionId: 'redis:spread-expiry',
    risk: 'low',
    note: 'parameters.deep is false.',
  },
  {
    id: 'flush',
    title: 'Flush what is stale',
    kind: 'action',
    section: 'steps',
    known: 'now',
    actionId: 'redis:flush-keys',
    risk: 'high',
    target: {
      system: 'redis',
      connection: 'sessions',
      kind: 'prefix',
      name: 'personal-api:',
    },
    content: {
      ...contents['trino:optimize-table'],
      summary: 'About 4,210 keys of 31.4 MiB are deleted.',
      changes: [
        { label: 'Keys', before: 4_210, after: 0, unit: 'count' },
        { label: 'Memory', before: 32_925_286, after: 0, unit: 'bytes' },
      ],
      samples: {
        columns: ['key', 'ttl'],
        rows: [
          ['personal-api:user:1001', '40 s'],
          ['personal-api:user:1002', 'none'],
        ],
        total: 4_210,
      },
      untouched: ['Keys of other prefixes'],
    },
  },
  {
    id: 'proof',
    title: 'See that reads hit again',
    kind: 'verify',
    section: 'steps',
    known: 'later',
    actionId: 'redis:inspect-prefix',
    note: 'It depends on what "Flush what is stale" leaves.',
  },
  {
    id: 'note',
    title: 'Write down what was seen',
    kind: 'manual',
    section: 'finally',
    known: 'now',
    note: 'Add a line to the incident.',
  },
];

const staleCacheTarget: RunTarget = {
  system: 'redis',
  connection: 'sessions',
  kind: 'prefix',
  name: 'personal-api:',
};

/** What a preview of it has beside one of an action. */
export const staleCachePreview: Pick<
  Preview,
  'target' | 'steps' | 'approval' | 'definitionHash' | 'content'
> = {
  target: staleCacheTarget,
  steps: staleCacheSteps,
  approval: staleCache.approval,
  definitionHash: staleCacheDetail.definitionHash,
  content: {
    summary: 'About 4,210 keys of personal-api: are flushed.',
    changes: [],
    untouched: [],
    warnings: [],
  },
};
