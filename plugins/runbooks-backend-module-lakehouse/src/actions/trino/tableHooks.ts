import { durationToMilliseconds, type HumanDuration } from '@backstage/types';
import type { TableRef } from '@lakehouse-ops/plugin-lakehouse-common';
import type {
  TrinoConnection,
  TrinoResult,
} from '@lakehouse-ops/plugin-lakehouse-node';
import type { RunTarget } from '@lakehouse-ops/plugin-runbooks-common';
import type { RunbookRunContext } from '@lakehouse-ops/plugin-runbooks-node';
import { z } from 'zod';
import type { TrinoActionOptions } from './actionContext';
import { openTableHistory } from './openTableHistory';
import { preflightTrino } from './preflightTrino';
import { runTrackedStatement } from './runTrackedStatement';
import { tableFormat, tableLockKeys, tableTarget } from './tableInput';

/** What an action tells of the statement that it ran. */
export const statementOutput = z.object({ trinoQueryId: z.string() });

/** What the actions that run a statement on a table have in common. */
export function tableHooks({ connections, tableChanged }: TrinoActionOptions) {
  /** Tells that a table may have changed. The input of an action has more than its name. */
  function changed({ connection, catalog, schema, table }: TableRef) {
    tableChanged({ connection, catalog, schema, table });
  }

  return {
    /** The parts of an action that are the same for each of them. */
    definition: {
      target: tableTarget,
      lockKeys: tableLockKeys,
      preflight: ({ target }: { target: RunTarget }) =>
        preflightTrino({ connections, target }),
    },

    /** @throws InputError when the table is in no catalog of a known format */
    async open(ref: TableRef) {
      const connection = connections.get(ref.connection);
      const format = await tableFormat(connection, ref);
      return {
        connection,
        format,
        history: openTableHistory(connection, ref, format),
      };
    },

    /** Runs the statement of a run; however it ends, the table may have changed. */
    async run(
      context: RunbookRunContext<TableRef>,
      statement: {
        connection: TrinoConnection;
        sql: string;
        timeout: HumanDuration;
        /** Given what Trino answered. */
        answered?: (result: TrinoResult) => void;
      },
    ): Promise<z.output<typeof statementOutput>> {
      const { connection, sql, timeout } = statement;
      try {
        const result = await runTrackedStatement(context, {
          connection,
          sql,
          timeoutMs: durationToMilliseconds(timeout),
        });
        statement.answered?.(result);
        return { trinoQueryId: result.queryId };
      } finally {
        changed(context.input);
      }
    },

    changed,
  };
}
