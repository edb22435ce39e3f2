import type { SloAlert } from '@lakehouse-ops/plugin-lakehouse-common';
import { type DbNumber, isoFromDb } from '../../observations/storable';

export interface AlertRow {
  alert_id: string;
  slo_id: string;
  condition_key: string;
  severity: string;
  state: string;
  revision: DbNumber;
  group_id: string | null;
  pending_at: DbNumber;
  held_ms: DbNumber;
  looked_at: DbNumber;
  fired_at: DbNumber | null;
  resolved_at: DbNumber | null;
  resolution: string | null;
  explanation: string;
  definition_version: DbNumber;
  subject: string;
}

const RESOLUTIONS = ['recovered', 'definition-changed', 'removed'] as const;

export function alertFromRow(
  row: AlertRow,
  deliveries: SloAlert['deliveries'],
): SloAlert {
  return {
    id: row.alert_id,
    sloId: row.slo_id,
    condition: row.condition_key,
    severity: row.severity,
    state: stateOf(row),
    pendingAt: isoFromDb(row.pending_at) ?? '',
    ...defined('firedAt', isoFromDb(row.fired_at)),
    ...defined('resolvedAt', isoFromDb(row.resolved_at)),
    explanation: row.explanation,
    ...defined(
      'resolution',
      RESOLUTIONS.find(known => known === row.resolution),
    ),
    deliveries,
  };
}

function stateOf({ state }: AlertRow): SloAlert['state'] {
  if (state === 'firing' || state === 'resolved') return state;
  return 'pending';
}

/** A field that is left out while it has no value. */
function defined<K extends string, V>(key: K, value: V | undefined) {
  return value === undefined ? {} : { [key]: value };
}
