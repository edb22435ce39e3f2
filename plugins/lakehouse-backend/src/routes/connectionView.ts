import {
  capabilityPurpose,
  type ConnectionView,
  type Gap,
} from '@lakehouse-ops/plugin-lakehouse-common';
import type { RegisteredConnection } from '../systems/SystemRegistry';

/** What is known of a connection without asking it. */
export function connectionView(
  { connection, system }: RegisteredConnection,
  gaps: readonly Gap[],
): ConnectionView {
  const { capabilities: probe, available, lastError } = connection.status();
  const unseen =
    gaps.some(({ until }) => until === undefined) ||
    probe?.capabilities.some(
      capability =>
        !capability.available &&
        !capability.notOffered &&
        capabilityPurpose(capability) === 'observation',
    );
  let status: ConnectionView['status'] = 'unknown';
  if (!available || (lastError && !probe)) status = 'down';
  else if (probe) status = unseen ? 'degraded' : 'connected';
  return {
    id: connection.id,
    system: system.system,
    title: connection.title,
    uiUrl: connection.uiUrl,
    version: probe?.version,
    user: connection.user,
    status,
    message: status === 'down' ? lastError?.message : undefined,
    probedAt: probe?.probedAt,
    capabilities: probe?.capabilities ?? [],
    catalogs: probe?.catalogs ?? [],
    gaps,
  };
}
