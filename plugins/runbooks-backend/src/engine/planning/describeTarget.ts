import type { RunTarget } from '@lakehouse-ops/plugin-runbooks-common';

/** "table lake.orders of analytics"; a connection that is the target itself is named once. */
export function describeTarget({ kind, name, connection }: RunTarget): string {
  return name === connection
    ? `${kind} ${name}`
    : `${kind} ${name} of ${connection}`;
}
