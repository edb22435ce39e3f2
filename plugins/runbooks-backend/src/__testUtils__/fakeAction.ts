import type { JsonObject } from '@backstage/types';
import type { Verification } from '@lakehouse-ops/plugin-runbooks-common';
import {
  createRunbookAction,
  type Reconciliation,
  type RunbookRunContext,
} from '@lakehouse-ops/plugin-runbooks-node';
import { z } from 'zod';

/** A thing that a fake action works on, and what the tests make it do. */
export class FakeWorld {
  version = 1;
  executions = 0;
  previews = 0;
  /** What happens besides while it is looked at. */
  preview: () => Promise<void> = async () => {};
  preflight: { allowed: true } | { allowed: false; reason: string } = {
    allowed: true,
  };
  truths: Reconciliation<{ done: boolean }>[] = [];
  reconciliations = 0;
  memorySeen: JsonObject = {};
  verification: Verification | Error = {
    outcome: 'verified',
    summary: '1 → 2',
    metrics: [],
  };
  execute: (
    ctx: RunbookRunContext<{ name: string; note?: string }>,
  ) => Promise<{ done: boolean }> = async () => ({ done: true });
}

export const fakeInput = z.object({
  name: z.string().min(1).describe('Which thing'),
  note: z.string().optional(),
  password: z.string().optional().meta({ secret: true }),
});

/** An action on a {@link FakeWorld}. */
export function fakeAction(
  world: FakeWorld,
  options: {
    id?: string;
    idempotent?: boolean;
    timeoutMs?: number;
    risk?: 'low' | 'medium' | 'high';
  } = {},
) {
  return createRunbookAction({
    id: options.id ?? 'fake:change-thing',
    title: 'Change thing',
    description: 'Changes a thing.',
    verb: 'Change thing',
    risk: options.risk ?? 'medium',
    attributes: {
      readOnly: false,
      destructive: true,
      idempotent: options.idempotent ?? false,
    },
    schema: { input: fakeInput, output: z.object({ done: z.boolean() }) },
    timeout: { milliseconds: options.timeoutMs ?? 60_000 },
    target: input => ({
      system: 'fake',
      connection: 'main',
      kind: 'thing',
      name: input.name,
    }),
    lockKeys: input => [`fake/main/thing/${input.name}`],
    preflight: async () => world.preflight,
    preview: async ({ input }) => {
      world.previews += 1;
      await world.preview();
      return {
        content: {
          summary: `Changes ${input.name}`,
          changes: [
            { label: 'Version', before: 1, after: 2, unit: 'count' as const },
          ],
          untouched: [],
          warnings: [],
        },
        fingerprint: { version: world.version },
      };
    },
    execute: async ctx => {
      world.executions += 1;
      return world.execute(ctx);
    },
    verify: async () => {
      if (world.verification instanceof Error) throw world.verification;
      return world.verification;
    },
    reconcile: async ctx => {
      world.reconciliations += 1;
      world.memorySeen = ctx.memory;
      const next =
        world.truths.length > 1 ? world.truths.shift() : world.truths[0];
      return next ?? { state: 'unknown', reason: 'Nothing can tell.' };
    },
  });
}
