import type { TimelineEvent } from '@lakehouse-ops/plugin-lakehouse-common';
import type { Knex } from 'knex';
import type { TimelineObserved } from '../Observation';
import { Occurrences } from '../shared/Occurrences';
import type { TimeRange, TimelineReads } from '../SystemReads';
import { epochMs } from '../storable';

const SEVERITIES: readonly TimelineEvent['severity'][] = [
  'info',
  'warning',
  'critical',
];

/**
 * The part of the store that keeps what happened. An event without an end is
 * found at its beginning only: it may be a moment. Of two tellings of an event
 * the one that ended later stands; of two without an end the one told last, for
 * its words grow with what becomes known.
 */
export class Timeline implements TimelineReads {
  readonly #events: Occurrences<TimelineEvent>;

  readonly #now: () => number;

  constructor(db: Knex, now: () => number = Date.now) {
    this.#now = now;
    this.#events = new Occurrences(db, 'event');
  }

  async record(trx: Knex.Transaction, { event }: TimelineObserved) {
    await this.#events.put(trx, event.connection, [
      {
        id: event.id,
        startedAt: event.at,
        endedAt: event.until,
        revision: [
          epochMs(event.until),
          event.until === undefined ? this.#now() : 0,
          SEVERITIES.indexOf(event.severity),
        ],
        content: event,
      },
    ]);
  }

  async events(
    request: TimeRange & { connections: readonly string[]; limit: number },
  ): Promise<TimelineEvent[]> {
    const { connections, limit, ...range } = request;
    return this.#events.list({ connections, range, limit });
  }
}
