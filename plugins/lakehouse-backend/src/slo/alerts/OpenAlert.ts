import type { AlertRow } from './alertRow';
import type { AlertSubject } from './AlertSubject';

/** An alert that is pending or fires. Times in epoch ms. */
export interface OpenAlert {
  readonly id: string;
  readonly sloId: string;
  readonly condition: string;
  readonly severity: string;
  readonly state: 'pending' | 'firing';
  /** Counts the changes of its row: whoever changes it says which one was seen. */
  readonly revision: number;
  readonly pendingAtMs: number;
  readonly firedAtMs?: number;
  /** How long its condition held while it was looked at, and when that was last. */
  readonly heldMs: number;
  readonly lookedAtMs: number;
  readonly explanation: string;
  /** Version of the definition that it was last judged by. */
  readonly definitionVersion: number;
  readonly subject: AlertSubject;
}

export function openAlertFromRow(row: AlertRow): OpenAlert {
  const subject: AlertSubject = JSON.parse(row.subject);
  return {
    id: row.alert_id,
    sloId: row.slo_id,
    condition: row.condition_key,
    severity: row.severity,
    state: row.state === 'firing' ? 'firing' : 'pending',
    revision: Number(row.revision),
    pendingAtMs: Number(row.pending_at),
    ...(row.fired_at === null ? {} : { firedAtMs: Number(row.fired_at) }),
    heldMs: Number(row.held_ms),
    lookedAtMs: Number(row.looked_at),
    explanation: row.explanation,
    definitionVersion: Number(row.definition_version),
    subject,
  };
}
