import type { JsonObject } from '@backstage/types';
import {
  createRunbookAction,
  type Reconciliation,
  type RunbookAction,
  type RunbookRunContext,
} from '@lakehouse-ops/plugin-runbooks-node';
import { z } from 'zod';

const inputSchema = z.object({
  name: z.string().min(1),
  password: z.string().optional().meta({ secret: true }),
});
const outputSchema = z.object({ version: z.number() });

/** What a fake action's execution is given by a test. */
export type LakeContext = RunbookRunContext<z.output<typeof inputSchema>>;

/** Things with versions that fake actions raise, and what tests make them do. */
export class Lake {
  readonly versions = new Map<string, number>();
  /** All that was asked of it, in order: `execute a`. */
  readonly calls: string[] = [];
  readonly passwords: unknown[] = [];
  /** What the effect on each was verified against. */
  readonly fingerprints = new Map<string, JsonObject>();
  readonly truths = new Map<
    string,
    Reconciliation<z.output<typeof outputSchema>>
  >();
  names: string[] = ['a', 'b', 'c'];
  /** Runs before an execution takes effect. */
  before: (ctx: LakeContext) => Promise<void> = async () => {};
  /** Runs after it did. */
  after: (ctx: LakeContext) => Promise<void> = async () => {};
  /** Runs before a read. */
  reading: () => Promise<void> = async () => {};
  verified = true;

  versionOf(name: string): number {
    return this.versions.get(name) ?? 1;
  }

  executions(): string[] {
    return this.calls
      .filter(call => call.startsWith('execute '))
      .map(call => call.slice('execute '.length));
  }
}

/** Actions on a {@link Lake}: `lake:raise` (not to be repeated), `lake:put`, `lake:burn` (high risk), `lake:read`. */
export function lakeActions(lake: Lake): RunbookAction[] {
  return [
    raising(lake, 'lake:raise', { idempotent: false, risk: 'medium' }),
    raising(lake, 'lake:put', { idempotent: true, risk: 'low' }),
    raising(lake, 'lake:burn', { idempotent: false, risk: 'high' }),
    reading(lake),
  ];
}

function raising(
  lake: Lake,
  id: string,
  kind: { idempotent: boolean; risk: 'low' | 'medium' | 'high' },
) {
  return createRunbookAction({
    id,
    title: id,
    description: 'Raises the version of a thing.',
    verb: 'Raise',
    risk: kind.risk,
    attributes: {
      readOnly: false,
      destructive: false,
      idempotent: kind.idempotent,
    },
    schema: { input: inputSchema, output: outputSchema },
    timeout: { seconds: 30 },
    target: ({ name }) => targetOf(name),
    lockKeys: ({ name }) => [`lake/${name}`],
    preflight: async () => ({ allowed: true }),
    preview: async ({ input: { name } }) => {
      lake.calls.push(`preview ${name}`);
      const version = lake.versionOf(name);
      return {
        content: {
          summary: `Raises ${name}`,
          changes: [
            {
              label: 'Version',
              before: version,
              after: version + 1,
              unit: 'count',
            },
          ],
          untouched: [],
          warnings: [],
        },
        fingerprint: { version },
      };
    },
    execute: async ctx => {
      const { name, password } = ctx.input;
      lake.calls.push(`execute ${name}`);
      if (password !== undefined) lake.passwords.push(password);
      await lake.before(ctx);
      const version = lake.versionOf(name) + 1;
      lake.versions.set(name, version);
      await lake.after(ctx);
      return { version };
    },
    verify: async ({ input: { name }, output, fingerprint }) => {
      lake.calls.push(`verify ${name}`);
      lake.fingerprints.set(name, fingerprint);
      const now = lake.versionOf(name);
      return {
        outcome:
          lake.verified && now >= output.version ? 'verified' : 'not-verified',
        summary: `${name} is at ${now}`,
        metrics: [],
      };
    },
    reconcile: async ({ input: { name } }) => {
      lake.calls.push(`reconcile ${name}`);
      return (
        lake.truths.get(name) ?? {
          state: 'unknown',
          reason: 'Nothing can tell.',
        }
      );
    },
  });
}

function reading(lake: Lake) {
  return createRunbookAction({
    id: 'lake:read',
    title: 'Read the lake',
    description: 'Reads a version.',
    verb: 'Read',
    risk: 'low',
    attributes: { readOnly: true, destructive: false, idempotent: true },
    schema: {
      input: inputSchema,
      output: z.object({ version: z.number(), names: z.array(z.string()) }),
    },
    timeout: { seconds: 5 },
    target: ({ name }) => targetOf(name),
    lockKeys: () => [],
    preflight: async () => ({ allowed: true }),
    preview: async () => ({
      content: { summary: 'Reads', changes: [], untouched: [], warnings: [] },
      fingerprint: {},
    }),
    execute: async ({ input: { name } }) => {
      lake.calls.push(`read ${name}`);
      await lake.reading();
      return { version: lake.versionOf(name), names: [...lake.names] };
    },
    verify: async () => ({ outcome: 'verified', summary: '', metrics: [] }),
    reconcile: async () => ({ state: 'not-done', reason: 'It only reads.' }),
  });
}

function targetOf(name: string) {
  return { system: 'lake', connection: 'main', kind: 'thing', name };
}
