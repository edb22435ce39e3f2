import type { LoggerService } from '@backstage/backend-plugin-api';
import type { EventsService } from '@backstage/plugin-events-node';
import {
  LAKEHOUSE_TABLE_CHANGED_TOPIC,
  type TableRef,
} from '@lakehouse-ops/plugin-lakehouse-common';
import { z } from 'zod';

/** Whom to ask for a look at a table of one connection. */
export interface TableInspections {
  requestInspection(ref: TableRef): void;
}

const ChangedTable = z.object({
  connection: z.string(),
  catalog: z.string(),
  schema: z.string(),
  table: z.string(),
});

/** Asks for a look at each table that anyone tells to have changed. */
export async function subscribeToTableChanges(options: {
  events: EventsService;
  /** By connection. */
  inspectors: ReadonlyMap<string, TableInspections>;
  logger: LoggerService;
}): Promise<void> {
  const { events, inspectors, logger } = options;
  await events.subscribe({
    id: 'lakehouse-table-changes',
    topics: [LAKEHOUSE_TABLE_CHANGED_TOPIC],
    onEvent: async ({ eventPayload }) => {
      const changed = ChangedTable.safeParse(eventPayload);
      if (!changed.success) {
        logger.warn(
          `An event on ${LAKEHOUSE_TABLE_CHANGED_TOPIC} names no table and was ignored: ${changed.error.message}`,
        );
        return;
      }
      inspectors.get(changed.data.connection)?.requestInspection(changed.data);
    },
  });
}
