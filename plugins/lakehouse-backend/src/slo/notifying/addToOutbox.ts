import type { Knex } from 'knex';
import { randomUUID } from 'node:crypto';
import { storableText } from '../../observations/storable';
import type { AlertEvent } from './AlertEvent';

/** SQLite takes a bounded number of values in a statement. */
const BATCH = 50;

/** Puts events into the outbox for each target, in the transaction of what happened: those of one target are sent together. */
export async function addToOutbox(
  trx: Knex.Transaction,
  options: {
    threadId: string;
    events: ReadonlyArray<{ event: AlertEvent; targets: readonly string[] }>;
    nowMs: number;
  },
): Promise<void> {
  const { threadId, events, nowMs } = options;
  const messages = new Map<string, string>();
  const rows = events.flatMap(({ event, targets }) =>
    [...new Set(targets)].map(target => {
      const messageId = messages.get(target) ?? randomUUID();
      messages.set(target, messageId);
      return {
        message_id: messageId,
        thread_id: threadId,
        slo_id: event.sloId,
        alert_id: 'alertId' in event ? event.alertId : null,
        target,
        kind: event.kind,
        state: 'waiting',
        attempts: 0,
        created_at: nowMs,
        next_at: nowMs,
        leased_until: 0,
        content: storableText(JSON.stringify(event)),
      };
    }),
  );
  await trx.batchInsert('slo_deliveries', rows, BATCH);
}
