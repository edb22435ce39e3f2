import type { AlertFired, AlertResolved } from '../notifying/AlertEvent';
import type { AlertChange } from './AlertChange';
import type { OpenAlert } from './OpenAlert';

/** An alert that fires, as it is told. */
export function firedEvent(
  alert: Pick<
    OpenAlert,
    'id' | 'sloId' | 'condition' | 'severity' | 'subject' | 'explanation'
  > & { firedAtMs?: number },
): AlertFired {
  return {
    kind: 'firing',
    alertId: alert.id,
    sloId: alert.sloId,
    atMs: alert.firedAtMs ?? 0,
    condition: alert.condition,
    severity: alert.severity,
    sentence: alert.explanation,
    subject: alert.subject,
  };
}

/** The end of an alert, as it is told. */
export function resolvedEvent(
  change: Extract<AlertChange, { type: 'resolve' }>,
  nowMs: number,
): AlertResolved {
  const { alert, resolution, sentence } = change;
  return {
    kind: 'resolved',
    alertId: alert.id,
    sloId: alert.sloId,
    atMs: nowMs,
    firedAtMs: alert.firedAtMs ?? alert.pendingAtMs,
    condition: alert.condition,
    severity: alert.severity,
    resolution,
    sentence,
    subject: alert.subject,
  };
}
