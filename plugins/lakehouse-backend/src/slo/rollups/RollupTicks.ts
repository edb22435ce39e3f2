import type { LoggerService } from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';
import type { PrometheusConnections } from '@lakehouse-ops/plugin-lakehouse-node';
import type { Knex } from 'knex';
import { backfillLooks } from './backfill/backfillLooks';
import { backfillQueries } from './backfill/backfillQueries';
import type { LookStore } from './looks/Look';
import { markObserved } from './looks/markObserved';
import { MinuteLooker } from './looks/MinuteLooker';
import type { CountedSeries } from './series/CountedSeries';
import { EVERY_CONNECTION, Marks } from './series/Marks';
import { SeriesTable } from './series/SeriesTable';
import { floorTo, MINUTE_MS } from './shared/widths';
import { settleSlices } from './slices/settleSlices';

/** How long one tick goes on with the past. */
const BACKFILL_MS = 5_000;
/** A look that is said to be further in the future is from before the clock was set back. */
const CLOCK_SET_BACK_MS = 10 * MINUTE_MS;

/** What is to be done all the time for counts to stay true. */
export class RollupTicks {
  readonly #db: Knex;
  readonly #store: LookStore;
  readonly #ownSources: ReadonlyMap<string, string>;
  readonly #logger: LoggerService;
  readonly #looker: MinuteLooker;

  static create(options: {
    db: Knex;
    store: LookStore;
    prometheus: Pick<PrometheusConnections, 'get'>;
    ownSources: ReadonlyMap<string, string>;
    logger: LoggerService;
  }): RollupTicks {
    return new RollupTicks(options);
  }

  private constructor(options: Parameters<typeof RollupTicks.create>[0]) {
    this.#db = options.db;
    this.#store = options.store;
    this.#ownSources = options.ownSources;
    this.#logger = options.logger;
    this.#looker = MinuteLooker.create(options);
  }

  async tick(options: { nowMs: number; signal: AbortSignal }): Promise<void> {
    const { nowMs, signal } = options;
    const scopes = await new SeriesTable(this.#db).ofKinds(['scope']);
    for (const scope of scopes) {
      if (signal.aborted) return;
      await this.#tried(scope, 'marking what was observed', () =>
        markObserved(this.#db, { scope, store: this.#store, nowMs }),
      );
    }
    await this.#lookOnceAMinute(options);
    if (signal.aborted) return;
    await settleSlices(this.#db, nowMs);
    await this.#backfill(scopes, options);
  }

  async #lookOnceAMinute(options: { nowMs: number; signal: AbortSignal }) {
    const minuteMs = floorTo(options.nowMs, MINUTE_MS);
    const marks = new Marks(this.#db);
    const { looked = 0 } = await marks.read(EVERY_CONNECTION);
    if (looked >= minuteMs && looked < minuteMs + CLOCK_SET_BACK_MS) return;
    await this.#looker.look(options);
    await marks.raise(EVERY_CONNECTION, 'looked', minuteMs);
  }

  async #backfill(
    scopes: readonly CountedSeries[],
    options: { nowMs: number; signal: AbortSignal },
  ) {
    const { nowMs, signal } = options;
    const until = performance.now() + BACKFILL_MS;
    const goesOn = () => !signal.aborted && performance.now() < until;
    for (const scope of scopes) {
      const { connection } = scope;
      await this.#tried(scope, 'counting the past', async () => {
        let more = true;
        while (more && goesOn()) {
          more = await backfillQueries(this.#db, {
            connection,
            ownSource: this.#ownSources.get(connection),
            store: this.#store,
            nowMs,
          });
        }
      });
    }
    let more = true;
    while (more && goesOn()) {
      more = await backfillLooks(this.#db, {
        looker: this.#looker,
        nowMs,
        signal,
      });
    }
  }

  /** What fails for one connection keeps no other from its turn. */
  async #tried(
    { connection }: CountedSeries,
    what: string,
    work: () => Promise<void>,
  ) {
    try {
      await work();
    } catch (error) {
      this.#logger.warn(
        `SLOs: ${what} of ${connection} did not work; it is tried again with the next tick: ${
          toError(error).message
        }`,
      );
    }
  }
}
