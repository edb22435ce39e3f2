import type { LoggerService } from '@backstage/backend-plugin-api';
import type { ChangeNotifier } from '../collectors/ChangeNotifier';
import type { QueryObserved } from '../observations/Observation';
import type { ObservationStore } from '../observations/ObservationStore';
import type { StorageOutages } from '../observations/StorageOutages';
import { describeStorageError } from '../observations/storageError';
import type { TableChangePublisher } from './TableChangePublisher';

const SUBJECT = 'query-events';

/** What follows when a batch of events was stored, or could not be. */
export class IngestEffects {
  readonly #store: Pick<ObservationStore, 'record'>;
  readonly #outages: StorageOutages;
  readonly #notifier: ChangeNotifier;
  readonly #publisher: TableChangePublisher;
  readonly #ownSources: ReadonlyMap<string, string>;
  readonly #logger: LoggerService;

  static create(options: {
    store: Pick<ObservationStore, 'record'>;
    outages: StorageOutages;
    notifier: ChangeNotifier;
    publisher: TableChangePublisher;
    /** By connection, the `source` of our own queries. */
    ownSources: ReadonlyMap<string, string>;
    logger: LoggerService;
  }): IngestEffects {
    return new IngestEffects(options);
  }

  private constructor(options: Parameters<typeof IngestEffects.create>[0]) {
    this.#store = options.store;
    this.#outages = options.outages;
    this.#notifier = options.notifier;
    this.#publisher = options.publisher;
    this.#ownSources = options.ownSources;
    this.#logger = options.logger;
  }

  committed(batch: readonly QueryObserved[]) {
    for (const connection of connectionsOf(batch)) {
      this.#recordOutage(connection);
    }
    // Nobody sees our own queries, so nobody is told of them.
    const seen = batch.filter(
      ({ query }) => query.source !== this.#ownSources.get(query.connection),
    );
    for (const connection of connectionsOf(seen)) {
      this.#notifier.notify(connection, 'queries');
    }
    this.#publisher.publish(batch);
  }

  failed(batch: readonly QueryObserved[], error: Error) {
    for (const connection of connectionsOf(batch)) {
      this.#outages.failed({ connection, subject: SUBJECT, error });
    }
    this.#logger.warn(
      `${batch.length} events were not stored and not acknowledged: ${error.message}`,
    );
  }

  #recordOutage(connection: string) {
    const observations = this.#outages.recovered(connection, SUBJECT);
    if (!observations.length) return;
    this.#store
      .record(observations)
      .then(() => this.#outages.forget(connection, SUBJECT))
      .catch(error => {
        // It stays remembered and is recorded after the next commit.
        this.#logger.warn(
          `A gap was not stored: ${describeStorageError(error)}`,
        );
      });
  }
}

function connectionsOf(batch: readonly QueryObserved[]): Set<string> {
  return new Set(batch.map(({ query }) => query.connection));
}
