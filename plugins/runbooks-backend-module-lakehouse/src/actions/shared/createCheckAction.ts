import type {
  Allowance,
  PreviewContent,
  RunTarget,
  VerificationMetric,
} from '@lakehouse-ops/plugin-runbooks-common';
import {
  createRunbookAction,
  type RunbookAction,
  type RunbookActionContext,
} from '@lakehouse-ops/plugin-runbooks-node';
import { z } from 'zod';

/** What was seen, in words and figures. */
export interface CheckReport {
  /** One sentence. */
  readonly summary: string;
  readonly metrics?: readonly VerificationMetric[];
  readonly samples?: PreviewContent['samples'];
  readonly warnings?: readonly string[];
}

const LOOKS_ONLY = 'It only looks.';

/**
 * Defines an action that only looks: its preview is the look itself, running it
 * again is always safe, and nothing has to be locked for it.
 */
export function createCheckAction<
  TInput extends z.ZodType,
  TOutput extends z.ZodType,
>(options: {
  id: string;
  title: string;
  description: string;
  /** "Check" unless told. */
  verb?: string;
  schema: { input: TInput; output: TOutput };
  timeout: RunbookAction['timeout'];
  target(input: z.output<TInput>): RunTarget;
  preflight(options: {
    target: RunTarget;
    signal: AbortSignal;
  }): Promise<Allowance>;
  look(ctx: RunbookActionContext<z.output<TInput>>): Promise<z.output<TOutput>>;
  report(input: z.output<TInput>, output: z.output<TOutput>): CheckReport;
  /** In place of the look, where a preview may not tell what running it would. */
  preview?: (
    ctx: RunbookActionContext<z.output<TInput>>,
  ) => Promise<CheckReport>;
}): RunbookAction<TInput, TOutput> {
  const { report } = options;
  /** What is absent is left out, as it is when it is kept as JSON. */
  async function look(
    context: RunbookActionContext<z.output<TInput>>,
  ): Promise<z.output<TOutput>> {
    const seen = await options.look(context);
    return options.schema.output.parse(JSON.parse(JSON.stringify(seen)));
  }
  return createRunbookAction<TInput, TOutput>({
    id: options.id,
    title: options.title,
    description: options.description,
    verb: options.verb ?? 'Check',
    risk: 'low',
    attributes: { readOnly: true, destructive: false, idempotent: true },
    schema: options.schema,
    timeout: options.timeout,
    target: options.target,
    lockKeys: () => [],
    preflight: options.preflight,

    async preview(context) {
      const { summary, metrics, samples, warnings } = options.preview
        ? await options.preview(context)
        : report(context.input, await look(context));
      return {
        content: {
          summary,
          changes: (metrics ?? []).map(({ label, unit, after }) => ({
            label,
            unit,
            before: after,
          })),
          samples,
          untouched: ['Everything: this only looks.'],
          warnings: warnings ?? [],
        },
        fingerprint: {},
      };
    },

    async execute(context) {
      const output = await look(context);
      const { summary, warnings = [] } = report(context.input, output);
      context.log.info(summary);
      for (const warning of warnings) context.log.warn(warning);
      return output;
    },

    async verify({ input, output }) {
      const { summary, metrics = [] } = report(input, output);
      return { outcome: 'verified', summary, metrics };
    },

    async reconcile() {
      return { state: 'not-done', reason: LOOKS_ONLY };
    },
  });
}
