import type { RunbookActionFacts } from '../RunbookActionFacts';

/** A runbook file with every kind of step. */
export const STAMPEDE = `# Stops a stampede.
apiVersion: lakehouse-ops.io/v1
kind: Runbook
metadata:
  name: cache-stampede
  title: Cache stampede
  description: Flushes what makes a cache run hot.
  owner: group:default/data-platform
  tags: [redis]
spec:
  verb: Stop the stampede
  risk: high
  docs: |
    Use it when *all* of the cache misses.
  appliesTo:
    - kind: Resource
      type: cache
  triggers:
    - slo: { indicator: cache-hit-ratio }
    - cron: { expression: '0 3 * * mon-fri', timeZone: Europe/Amsterdam }
      start: { parameters: { connection: demo, prefix: 'page:' } }
  parameters:
    type: object
    required: [connection, prefix]
    properties:
      connection: { type: string, x-picker: redis-connection }
      prefix: { type: string, maxLength: 100 }
      deep: { type: boolean, default: false }
  target:
    system: redis
    connection: \${{ parameters.connection }}
    kind: prefix
    name: \${{ parameters.prefix }}
  limits: { maxPerHour: 20 }
  runAs: user:olivia
  steps:
    - id: look
      title: See how bad it is
      if: \${{ parameters.deep == true }}
      check: redis:inspect-prefix
      input:
        connection: \${{ parameters.connection }}
        prefix: \${{ parameters.prefix }}
      assert: output.keys < 100000
      message: \${{ output.keys }} keys are too many.
    - id: tell
      title: Tell people
      manual: "Tell #data about \${{ parameters.prefix }}."
    - id: agree
      title: Agree
      approval:
        question: Flush \${{ steps.look.output.keys }} keys?
        groups: [group:default/data-platform]
        count: 2
        expires: 30m
    - id: flush
      title: Flush
      action: redis:flush-keys
      foreach: { in: steps.look.output.prefixes, concurrency: 2 }
      timeout: { minutes: 5 }
      retry: { attempts: 3 }
      input:
        connection: \${{ parameters.connection }}
        prefix: \${{ item }}
        maxKeys: 100
    - id: proof
      title: Proof
      verify: redis:inspect-prefix
      input: { connection: demo, prefix: '\${{ parameters.prefix }}' }
      assert: before == null || output.hitRatio > before.hitRatio
      metrics:
        - { label: Hit ratio, value: output.hitRatio * 100, unit: percent, better: higher }
      within: 2m
  onFailure:
    - id: call
      title: Call
      manual: "Look at \${{ steps.flush.state }}."
  finally:
    - id: after
      title: After
      check: redis:inspect-prefix
      input: { connection: demo, prefix: 'page:' }
      assert: output.keys >= 0
`;

const inputSchema = {
  type: 'object',
  required: ['connection', 'prefix'],
  properties: {
    connection: { type: 'string' },
    prefix: { type: 'string' },
    maxKeys: { type: 'integer' },
  },
  additionalProperties: false,
};

/** The actions that it uses, and one that can't be repeated. */
export const ACTIONS: ReadonlyMap<string, RunbookActionFacts> = new Map([
  [
    'redis:inspect-prefix',
    {
      readOnly: true,
      idempotent: true,
      destructive: false,
      risk: 'low',
      inputSchema,
    },
  ],
  [
    'redis:flush-keys',
    {
      readOnly: false,
      idempotent: true,
      destructive: true,
      risk: 'high',
      inputSchema,
    },
  ],
  [
    'trino:kill-query',
    {
      readOnly: false,
      idempotent: false,
      destructive: true,
      risk: 'medium',
      inputSchema: { type: 'object' },
    },
  ],
]);
