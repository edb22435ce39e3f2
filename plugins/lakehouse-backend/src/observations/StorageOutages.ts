import type { Gap, GapSubject } from '@lakehouse-ops/plugin-lakehouse-common';
import type { Observation } from './Observation';
import { describeStorageError } from './storageError';

/**
 * Remembers in memory what could not be stored while the database was away,
 * so that it becomes a gap in the record when it is back.
 */
export class StorageOutages {
  readonly #open = new Map<string, Gap>();

  failed(options: { connection: string; subject: GapSubject; error: unknown }) {
    const { connection, subject, error } = options;
    const key = keyOf(connection, subject);
    const since = this.#open.get(key)?.since ?? new Date().toISOString();
    this.#open.set(key, storageGap({ connection, subject, since, error }));
  }

  /** What to record, once something could be stored again. */
  recovered(connection: string, subject: GapSubject): Observation[] {
    const gap = this.#open.get(keyOf(connection, subject));
    if (!gap) return [];
    const until = new Date().toISOString();
    return [{ type: 'GapOpened', gap: { ...gap, until } }];
  }

  /** The outage has been recorded. */
  forget(connection: string, subject: GapSubject) {
    this.#open.delete(keyOf(connection, subject));
  }

  current(connection: string): Gap[] {
    return [...this.#open.values()].filter(
      gap => gap.connection === connection,
    );
  }
}

/** The gap that stands for a database that does not answer. */
export function storageGap(options: {
  connection: string;
  subject: GapSubject;
  since: string;
  error: unknown;
}): Gap {
  const { connection, subject, since, error } = options;
  return {
    connection,
    subject,
    since,
    code: 'storage',
    reason: `the database of the lakehouse plugin does not answer (${describeStorageError(
      error,
    )})`,
    remedy: 'check that database; observing goes on by itself when it is back',
  };
}

function keyOf(connection: string, subject: GapSubject): string {
  return `${connection}\n${subject}`;
}
