import type {
  SupersetConnection,
  SupersetLogRow,
} from '@lakehouse-ops/plugin-lakehouse-node';

const LOG_ROWS = 60;
/** What Superset logs besides the error itself, when it has told the owners of it. */
const NOTIFIED = 'Notification sent with error';

/** What came of one execution. */
export interface AlertExecution {
  readonly ended: boolean;
  readonly output: {
    state: string;
    executionId?: string;
    value?: number;
    error?: string;
  };
}

/** The newest row of an alert's log: later ones have a higher number. 0 when it has none. */
export async function newestRowId(
  connection: SupersetConnection,
  alertId: string,
  signal: AbortSignal,
): Promise<number> {
  const rows = await connection.alertLog(alertId, { limit: LOG_ROWS, signal });
  return Math.max(0, ...rows.map(({ id }) => Number(id)));
}

/** The first execution after a row, or the one of an id. */
export async function findExecution(options: {
  connection: SupersetConnection;
  alertId: string;
  afterRow: number;
  executionId?: string;
  signal: AbortSignal;
}): Promise<AlertExecution | undefined> {
  const { afterRow, executionId } = options;
  const rows = await options.connection.alertLog(options.alertId, {
    limit: LOG_ROWS,
    signal: options.signal,
  });
  const later = rows
    .filter(({ id }) => Number(id) > afterRow)
    .sort((a, b) => Number(a.id) - Number(b.id));
  const wanted = executionId ?? later.at(0)?.executionId;
  return executionOf(
    later.filter(
      row => row.executionId === wanted || (!executionId && !wanted),
    ),
  );
}

function executionOf(
  rows: readonly SupersetLogRow[],
): AlertExecution | undefined {
  const last = rows.at(-1);
  if (!last) return undefined;
  const error = rows.find(
    row => row.errorMessage !== undefined && row.errorMessage !== NOTIFIED,
  )?.errorMessage;
  const value = rows.flatMap(row => row.value ?? []).at(-1);
  return {
    // Working with a message is Superset's word for "it runs already".
    ended: last.state !== 'Working' || last.errorMessage !== undefined,
    output: {
      state: last.state,
      ...(last.executionId ? { executionId: last.executionId } : {}),
      ...(value === undefined ? {} : { value }),
      ...(error === undefined ? {} : { error }),
    },
  };
}
