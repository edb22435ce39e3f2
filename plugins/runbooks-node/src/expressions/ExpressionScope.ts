import type { JsonObject, JsonValue } from '@backstage/types';

/**
 * What expressions of a runbook file may speak of. All of it is plain JSON.
 *
 * @public
 */
export interface ExpressionScope {
  readonly parameters: JsonObject;
  /** `entityRef`, `startedBy`, `runId`, `origin`. */
  readonly context: JsonObject;
  /** By step id: `state`, `output`, and `outputs` of a step with `foreach`. */
  readonly steps: JsonObject;
  /** The entry that a step with `foreach` is at. */
  readonly item?: JsonValue;
  /** The place of the entry, from 0. */
  readonly index?: number;
  /** What a check or verify step has read. */
  readonly output?: JsonValue;
  /** The same read before the first step; null when it could not be read. */
  readonly before?: JsonValue;
}

/** The names in it. */
export const SCOPE_NAMES = [
  'parameters',
  'context',
  'steps',
  'item',
  'index',
  'output',
  'before',
] as const;

/** One of the names that expressions know. @public */
export type ScopeName = (typeof SCOPE_NAMES)[number];

/** Whether expressions know a name. */
export function isScopeName(name: string): name is ScopeName {
  return SCOPE_NAMES.some(known => known === name);
}
