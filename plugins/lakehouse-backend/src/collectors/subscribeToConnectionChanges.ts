import type { LoggerService } from '@backstage/backend-plugin-api';
import type { EventsService } from '@backstage/plugin-events-node';
import { LAKEHOUSE_CONNECTION_CHANGED_TOPIC } from '@lakehouse-ops/plugin-lakehouse-common';
import { z } from 'zod';

const ChangedConnection = z.object({
  system: z.string(),
  connection: z.string(),
});

/** Asks for a look at each system that anyone tells to have changed. */
export async function subscribeToConnectionChanges(options: {
  events: EventsService;
  reruns: { request(connection: string): void };
  logger: LoggerService;
}): Promise<void> {
  const { events, reruns, logger } = options;
  await events.subscribe({
    id: 'lakehouse-connection-changes',
    topics: [LAKEHOUSE_CONNECTION_CHANGED_TOPIC],
    onEvent: async ({ eventPayload }) => {
      const changed = ChangedConnection.safeParse(eventPayload);
      if (!changed.success) {
        logger.warn(
          `An event on ${LAKEHOUSE_CONNECTION_CHANGED_TOPIC} names no connection and was ignored: ${changed.error.message}`,
        );
        return;
      }
      reruns.request(changed.data.connection);
    },
  });
}
