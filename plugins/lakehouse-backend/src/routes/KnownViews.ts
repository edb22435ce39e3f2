import type { Gap, GapSubject } from '@lakehouse-ops/plugin-lakehouse-common';
import { LastKnown } from '../observations/LastKnown';
import {
  storageGap,
  type StorageOutages,
} from '../observations/StorageOutages';

const KEPT_VIEWS = 50;

/** Reads views, and while the database is away the last ones with a gap that says so. */
export class KnownViews<T extends { readonly gaps: readonly Gap[] }> {
  readonly #known = new LastKnown<T>({ maxEntries: KEPT_VIEWS });
  readonly #outages: StorageOutages;
  readonly #subject: GapSubject;
  readonly #shows: (gap: Gap) => boolean;

  /** @param options - `subject`: what is missing while the database is away; `shows`: which gaps of a connection the view is about, all unless told */
  static create<V extends { readonly gaps: readonly Gap[] }>(options: {
    outages: StorageOutages;
    subject: GapSubject;
    shows?: (gap: Gap) => boolean;
  }): KnownViews<V> {
    return new KnownViews<V>(options);
  }

  private constructor(options: {
    outages: StorageOutages;
    subject: GapSubject;
    shows?: (gap: Gap) => boolean;
  }) {
    this.#outages = options.outages;
    this.#subject = options.subject;
    this.#shows = options.shows ?? (() => true);
  }

  /** @throws ServiceUnavailableError when the database is away and the view was never read before */
  async read(
    of: { connection: string; part?: string },
    load: () => Promise<T>,
  ): Promise<T> {
    const { connection, part = '' } = of;
    const { value, stale } = await this.#known.read(
      JSON.stringify([connection, part]),
      load,
    );
    const storage = stale
      ? [storageGap({ connection, subject: this.#subject, ...stale })]
      : [];
    return {
      ...value,
      gaps: [
        ...storage,
        ...this.#outages.current(connection).filter(this.#shows),
        ...value.gaps.filter(this.#shows),
      ],
    };
  }
}
