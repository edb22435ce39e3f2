import type { Gap, GapSubject } from '@lakehouse-ops/plugin-lakehouse-common';
import type { Observation } from '../../observations/Observation';
import type { ObservationStore } from '../../observations/ObservationStore';

/**
 * Opens and closes the gaps of a collector. Knows those that it opened, and those
 * that stood open when it started: a node that is gone would else stay missing.
 */
export class GapTracker {
  readonly #connection: string;
  readonly #store: Pick<ObservationStore, 'gaps'>;
  readonly #isOwn: (subject: GapSubject) => boolean;
  #open: Set<GapSubject> | undefined;

  static create(options: {
    connection: string;
    store: Pick<ObservationStore, 'gaps'>;
    /** Which subjects the collector tells of. */
    isOwn: (subject: GapSubject) => boolean;
  }): GapTracker {
    return new GapTracker(options);
  }

  private constructor(options: Parameters<typeof GapTracker.create>[0]) {
    this.#connection = options.connection;
    this.#store = options.store;
    this.#isOwn = options.isOwn;
  }

  /** What to record when these gaps stand and no other of the collector's. */
  async settle(gaps: readonly Gap[], at: string): Promise<Observation[]> {
    const open = this.#open ?? (await this.#readOpen());
    const standing = new Set(gaps.map(({ subject }) => subject));
    this.#open = standing;
    return [
      ...gaps.map((gap): Observation => ({ type: 'GapOpened', gap })),
      ...[...open]
        .filter(subject => !standing.has(subject))
        .map(
          (subject): Observation => ({
            type: 'GapClosed',
            connection: this.#connection,
            subject,
            at,
          }),
        ),
    ];
  }

  async #readOpen(): Promise<Set<GapSubject>> {
    const known = await this.#store.gaps(this.#connection);
    return new Set(
      known
        .filter(({ until, subject }) => !until && this.#isOwn(subject))
        .map(({ subject }) => subject),
    );
  }
}
