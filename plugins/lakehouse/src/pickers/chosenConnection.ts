import type { RunbookPickerRequest } from '@lakehouse-ops/plugin-runbooks-react';

/** Pickers of connections: what one of them chose is no other system's. */
export const CONNECTION_PICKERS = {
  'trino-cluster': 'trino',
  'redis-connection': 'redis',
  'superset-connection': 'superset',
  'kubernetes-connection': 'kubernetes',
  'prometheus-connection': 'prometheus',
  'trino-gateway': 'trino-gateway',
} as const;

/**
 * The connection that a form names: by its picker, or by the name that all
 * actions give theirs.
 */
export function chosenConnection(
  { parameters, valueOf }: RunbookPickerRequest,
  picker: keyof typeof CONNECTION_PICKERS,
): string | undefined {
  const chosen = valueOf(picker);
  if (chosen) return chosen;
  const { connection } = parameters;
  if (typeof connection !== 'string' || !connection) return undefined;
  const ofAnother = Object.keys(CONNECTION_PICKERS).some(
    name => valueOf(name) === connection,
  );
  return ofAnother ? undefined : connection;
}
