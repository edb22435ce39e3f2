import type { RunbookAction } from '@lakehouse-ops/plugin-runbooks-node';
import type { TrinoActionOptions } from './actionContext';
import { createKillQueryAction } from './createKillQueryAction';

/** All actions on Trino. */
export function createTrinoActions(
  options: TrinoActionOptions,
): RunbookAction[] {
  return [createKillQueryAction(options)];
}
