import type {
  SupersetConnection,
  SystemConnections,
} from '@lakehouse-ops/plugin-lakehouse-node';
import { z } from 'zod';

/** What the Superset actions work with. */
export interface SupersetActionOptions {
  readonly connections: SystemConnections<SupersetConnection>;
  /** Told after an action may have changed what a Superset shows. Never fails. */
  readonly connectionChanged: (connection: string) => void;
  /** How often what is waited for is looked for; 2 seconds unless told. */
  readonly pollMs?: number;
}

/** The system in the target of every Superset action. */
export const SUPERSET_SYSTEM = 'superset';

/** The connection as a parameter. */
export const connectionParameter = z
  .string()
  .min(1)
  .max(255)
  .meta({ title: 'Superset', description: 'Connection id of the Superset' });

/** An id of Superset's as a parameter. */
export function idParameter(title: string, description: string) {
  return z
    .string()
    .regex(/^\d{1,18}$/, 'Write the number that Superset has in its address')
    .meta({ title, description });
}
