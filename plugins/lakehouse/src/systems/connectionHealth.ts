import {
  capabilityPurpose,
  type CapabilityPurpose,
  type ConnectionView,
  type HealthStatus,
} from '@lakehouse-ops/plugin-lakehouse-common';
import { describeGapSubject } from '../components/states';

const STATUS_OF_CONNECTION: Record<ConnectionView['status'], HealthStatus> = {
  connected: 'healthy',
  degraded: 'at-risk',
  down: 'breached',
  unknown: 'unknown',
};

const CONNECTION_WORDS: Record<ConnectionView['status'], string> = {
  connected: 'Connected',
  degraded: 'Degraded',
  down: 'Down',
  unknown: 'Not probed yet',
};

/** Whether others can do with the system what we can, as its probe found. */
export function isUnprotected(connection: ConnectionView): boolean {
  return missingFor(connection, 'protection').length > 0;
}

/** A connection's state as a status. */
export function connectionHealth(connection: ConnectionView): HealthStatus {
  return connection.status === 'connected' && isUnprotected(connection)
    ? 'at-risk'
    : STATUS_OF_CONNECTION[connection.status];
}

/** The words for a connection's state. */
export function connectionWord(connection: ConnectionView): string {
  return connection.status === 'connected' && isUnprotected(connection)
    ? 'Unprotected'
    : CONNECTION_WORDS[connection.status];
}

/** Why a connection is in its state, and what can't be done through it, in one sentence. */
export function connectionReason(connection: ConnectionView): string {
  if (connection.message) return connection.message;
  const unseen = missingFor(connection, 'observation');
  const gap = connection.gaps.find(({ until }) => until === undefined);
  const clauses = [
    ...(unseen.length === 0 && gap
      ? [`${describeGapSubject(gap)}: ${gap.reason}`]
      : unseen),
    ...missingFor(connection, 'protection'),
    ...missingFor(connection, 'action').map(
      clause => `not possible here: ${clause}`,
    ),
  ];
  if (clauses.length > 0) return clauses.join('; ');
  return connection.status === 'unknown'
    ? 'The first probe has not ended.'
    : 'Everything that is asked of it works.';
}

function missingFor(
  connection: ConnectionView,
  purpose: CapabilityPurpose,
): string[] {
  return connection.capabilities
    .filter(
      capability =>
        !capability.available && capabilityPurpose(capability) === purpose,
    )
    .map(({ id, reason }) => (reason ? `${id}: ${reason}` : id));
}
