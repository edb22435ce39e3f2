import type { LoggerService } from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';
import type { EventsService } from '@backstage/plugin-events-node';
import {
  LAKEHOUSE_TABLE_CHANGED_TOPIC,
  parseTableRef,
} from '@lakehouse-ops/plugin-lakehouse-common';
import type { QueryObserved } from '../observations/Observation';

/** Tells on the events service which tables a query has written, so that they are looked at soon. */
export class TableChangePublisher {
  readonly #events: EventsService;
  readonly #logger: LoggerService;

  static create(options: {
    events: EventsService;
    logger: LoggerService;
  }): TableChangePublisher {
    return new TableChangePublisher(options.events, options.logger);
  }

  private constructor(events: EventsService, logger: LoggerService) {
    this.#events = events;
    this.#logger = logger;
  }

  /** Each table once, however many queries of the batch wrote it. */
  publish(batch: readonly QueryObserved[]) {
    const changed = new Set<string>();
    for (const { query } of batch) {
      if (query.state !== 'FINISHED') continue;
      for (const name of query.tablesWritten) {
        changed.add(`${query.connection}/${name}`);
      }
    }
    for (const name of changed) {
      this.#events
        .publish({
          topic: LAKEHOUSE_TABLE_CHANGED_TOPIC,
          eventPayload: parseTableRef(name),
        })
        .catch(error => {
          // The sweep finds the change at its next round.
          this.#logger.warn(
            `The change of ${name} was not published`,
            toError(error),
          );
        });
    }
  }
}
