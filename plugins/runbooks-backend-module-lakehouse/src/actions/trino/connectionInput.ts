import type { RunTarget } from '@lakehouse-ops/plugin-runbooks-common';
import { z } from 'zod';
import { MAX_NAME_LENGTH, TRINO_SYSTEM } from './actionContext';

/** The parameter that names a cluster. */
export const clusterShape = {
  connection: z.string().min(1).max(MAX_NAME_LENGTH).meta({
    title: 'Cluster',
    description: 'Connection id of the cluster',
  }),
};

/** A whole cluster as the target of a run. */
export function clusterTarget({
  connection,
}: {
  connection: string;
}): RunTarget {
  return {
    system: TRINO_SYSTEM,
    connection,
    kind: 'cluster',
    name: connection,
  };
}
