import type { SloAlert } from '@lakehouse-ops/plugin-lakehouse-common';
import type { Knex } from 'knex';
import { sqlDialect } from '../../observations/dialect';
import { type DbNumber, isoFromDb } from '../../observations/storable';
import { EVENTS_TARGET } from '../notifying/EventsTarget';

type Delivery = SloAlert['deliveries'][number];

/** Of all alerts asked for. */
const MAX_DELIVERIES = 10_000;

/** What became of telling of alerts: of each alert and target the newest message, by alert. */
export async function readDeliveries(
  db: Knex,
  alertIds: readonly string[],
): Promise<ReadonlyMap<string, Delivery[]>> {
  if (!alertIds.length) return new Map();
  const rows: DeliveryRow[] = await db('slo_deliveries')
    .whereRaw(`alert_id IN (${sqlDialect(db).textsOfJson})`, [
      JSON.stringify(alertIds),
    ])
    // It is nobody whom one could have wanted to tell.
    .whereNot('target', EVENTS_TARGET)
    .orderBy('delivery_id', 'desc')
    .limit(MAX_DELIVERIES)
    .select('alert_id', 'target', 'state', 'done_at', 'error');
  const byAlert = new Map<string, Map<string, Delivery>>();
  for (const row of rows) {
    const targets = byAlert.get(row.alert_id) ?? new Map<string, Delivery>();
    byAlert.set(row.alert_id, targets);
    if (!targets.has(row.target)) targets.set(row.target, deliveryOf(row));
  }
  return new Map(
    [...byAlert].map(([id, targets]) => [
      id,
      [...targets.values()].sort((a, b) => (a.target < b.target ? -1 : 1)),
    ]),
  );
}

interface DeliveryRow {
  alert_id: string;
  target: string;
  state: string;
  done_at: DbNumber | null;
  error: string | null;
}

function deliveryOf(row: DeliveryRow): Delivery {
  const at = isoFromDb(row.done_at);
  return {
    target: row.target,
    state: stateOf(row.state),
    ...(at === undefined ? {} : { at }),
    ...(row.error === null ? {} : { error: row.error }),
  };
}

function stateOf(state: string): Delivery['state'] {
  if (state === 'sent' || state === 'failed' || state === 'silenced') {
    return state;
  }
  return 'waiting';
}
