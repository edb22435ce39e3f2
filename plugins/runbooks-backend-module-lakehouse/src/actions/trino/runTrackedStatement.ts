import type {
  TrinoConnection,
  TrinoProgress,
  TrinoResult,
} from '@lakehouse-ops/plugin-lakehouse-node';
import type { RunbookRunContext } from '@lakehouse-ops/plugin-runbooks-node';
import { z } from 'zod';

const SHOW_EVERY_MS = 1000;

/** Client tag of the statements of a run, by which they are found in Trino. */
export function runTag(runId: string): string {
  return `runbook-run:${runId}`;
}

/**
 * Runs the statement that changes something: its id is remembered before
 * anything else happens, its progress is shown, and aborting ends it.
 *
 * @returns what Trino answered, with the id that it gave it
 */
export async function runTrackedStatement(
  context: RunbookRunContext<unknown>,
  options: { connection: TrinoConnection; sql: string; timeoutMs: number },
): Promise<TrinoResult> {
  const { connection, sql, timeoutMs } = options;
  context.log.info(sql);
  const show = progressWriter(context);
  return connection.query(sql, {
    timeoutMs,
    signal: context.signal,
    clientTags: [runTag(context.runId)],
    onQueryId: async queryId => {
      await context.remember({ trinoQueryId: queryId });
      context.log.info(`Trino runs it as query ${queryId}`);
    },
    onProgress: show,
  });
}

const memorySchema = z.object({ trinoQueryId: z.string().optional() });

/** The query that {@link runTrackedStatement} remembered, if it came that far. */
export function rememberedQueryId(
  context: RunbookRunContext<unknown>,
): string | undefined {
  return memorySchema.parse(context.memory).trinoQueryId;
}

/** The query of a run: as remembered, or else as Trino lists it by its tag. */
export async function findRunQueryId(
  context: RunbookRunContext<unknown>,
  connection: TrinoConnection,
): Promise<string | undefined> {
  const remembered = rememberedQueryId(context);
  if (remembered) return remembered;
  const listed = await connection.listQueries({ signal: context.signal });
  return listed.find(query => query.clientTags.includes(runTag(context.runId)))
    ?.queryId;
}

function progressWriter(context: RunbookRunContext<unknown>) {
  let shownAtMs = 0;
  let shown = '';
  return (progress: TrinoProgress) => {
    const now = Date.now();
    const share = (progress.percent ?? 0) / 100;
    const rows =
      progress.processedRows === undefined
        ? ''
        : `, ${progress.processedRows.toLocaleString('en')} rows read`;
    const message = `${progress.state} ${Math.round(share * 100)} %${rows}`;
    if (message === shown || now - shownAtMs < SHOW_EVERY_MS) return;
    shownAtMs = now;
    shown = message;
    context.log.progress(share, message);
  };
}
