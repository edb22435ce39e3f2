import type { JsonObject } from '@backstage/types';
import type { Run } from '@lakehouse-ops/plugin-runbooks-common';

/** What the system itself says of an effect. */
export type Truth = 'done' | 'partly' | 'not-done';

/** One target of an action, made for one run. */
export interface Prepared {
  readonly parameters: JsonObject;
  /** Asks the system, past everything that is tested. */
  look(): Promise<Truth>;
  /** How often it took effect, where that can be counted and twice would be wrong. */
  effects?(): Promise<number>;
  /** Puts the system back as it was. */
  clear?(): Promise<void>;
}

/** How an action is tried. */
export interface CrashCase {
  readonly actionId: string;
  /** Cases of one wave run at the same time; one that needs what another holds comes later. */
  readonly wave: 1 | 2;
  /** Why nobody but a person could tell what became of it, where that is so. */
  readonly mayBeUnknown?: (run: Run) => string | undefined;
  prepare(label: string): Promise<Prepared>;
}
