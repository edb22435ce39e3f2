import type {
  ConnectionView,
  HealthStatus,
} from '@lakehouse-ops/plugin-lakehouse-common';
import { describeGapSubject } from '../components/states';

const STATUS_OF_CONNECTION: Record<ConnectionView['status'], HealthStatus> = {
  connected: 'healthy',
  degraded: 'at-risk',
  down: 'breached',
  unknown: 'unknown',
};

/** The words for a connection's state. */
export const CONNECTION_WORDS: Record<ConnectionView['status'], string> = {
  connected: 'Connected',
  degraded: 'Degraded',
  down: 'Down',
  unknown: 'Not probed yet',
};

/** A connection's state as a status. */
export function connectionHealth(connection: ConnectionView): HealthStatus {
  return STATUS_OF_CONNECTION[connection.status];
}

/** Why a connection is in its state, in one sentence. */
export function connectionReason(connection: ConnectionView): string {
  if (connection.message) return connection.message;
  const missing = connection.capabilities.filter(({ available }) => !available);
  if (missing.length > 0) {
    return missing
      .map(({ id, reason }) => (reason ? `${id}: ${reason}` : id))
      .join('; ');
  }
  const gap = connection.gaps.find(({ until }) => until === undefined);
  if (gap) return `${describeGapSubject(gap)}: ${gap.reason}.`;
  return connection.status === 'unknown'
    ? 'The first probe has not ended.'
    : 'Everything that is asked of it works.';
}
