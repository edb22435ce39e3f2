import {
  isFinalQueryState,
  QUERY_STATES,
  QueryState,
} from '@lakehouse-ops/plugin-lakehouse-common';
import type {
  TrinoConnection,
  TrinoListedQuery,
} from '@lakehouse-ops/plugin-lakehouse-node';
import type { Observation } from '../../observations/Observation';
import type { ObservationStore } from '../../observations/ObservationStore';
import type { Collector } from '../Collector';
import { gapOpened, gapOrClosed, type LookedAt } from '../shared/gapOf';
import { observeRound } from '../shared/observeRound';
import { gapFromError } from './gaps';
import { lookUpQueries } from './queries/lookUpQueries';
import { ListedQueries, QueryList } from './queries/QueryList';
import { RecentQueryIds } from './queries/RecentQueryIds';
import { PrepareQueryText, toQueryRecord } from './queries/toQueryRecord';
import type { ResourceGroupRoots } from './ResourceGroupRoots';
import type { TrinoQueriesConfig } from './TrinoCollectorsConfig';

/** States of queries that are asked for at each tick. */
const LIVE_STATES: readonly QueryState[] = QUERY_STATES.filter(
  state => !isFinalQueryState(state),
);

/** Ended queries that need not be told again. Trino keeps those of the last 15 minutes. */
const MAX_REMEMBERED = 20_000;

const BATCH_SIZE = 500;

export interface QueryPollCollectorOptions {
  connection: TrinoConnection;
  store: Pick<ObservationStore, 'liveQueryIds'>;
  config: TrinoQueriesConfig;
  prepareQueryText: PrepareQueryText;
  roots: ResourceGroupRoots;
  now: () => number;
}

/**
 * Tells what runs, and closes gaps that the event listener left: the list of running
 * queries at each tick, the whole list at the start and every
 * `fullListEvery`. A query that stood as alive and is no more on the list is
 * looked up for how it ended. Our own statements are not told.
 */
export class QueryPollCollector implements Collector {
  readonly id: string;
  readonly connection: string;
  readonly kind = 'queries';
  readonly #list: QueryList;
  readonly #told = RecentQueryIds.create(MAX_REMEMBERED);
  #fullListAt: number | undefined;

  private constructor(private readonly options: QueryPollCollectorOptions) {
    this.connection = options.connection.id;
    this.id = `trino-queries:${this.connection}`;
    this.#list = QueryList.create(options);
  }

  static create(options: QueryPollCollectorOptions): QueryPollCollector {
    return new QueryPollCollector(options);
  }

  collect({ signal }: { signal: AbortSignal }): AsyncIterable<Observation[]> {
    const at = new Date(this.options.now()).toISOString();
    const look = {
      connection: this.connection,
      subject: 'queries',
      at,
    } as const;
    return observeRound({
      signal,
      look: () => this.#look(signal),
      gap: error => gapOpened(gapFromError({ ...look, error })),
      tell: seen => this.#tell(seen, look),
    });
  }

  async #look(signal: AbortSignal): Promise<SeenQueries> {
    const { store, config } = this.options;
    let listed = await this.#listDue(signal);
    const known = await store.liveQueryIds(this.connection);
    let missing = missingFrom(listed.queries, known);
    const tooMany =
      missing.length > (listed.gap ? 0 : config.maxLookups) && !listed.full;
    if (tooMany) {
      const all = await this.#listAll(signal);
      listed = { ...all, queries: merge(listed.queries, all.queries) };
      missing = missingFrom(listed.queries, known);
    }
    const lookedUp = await lookUpQueries({
      connection: this.options.connection,
      // The list by SQL has them all; the endpoint of one query is refused as well.
      ids: listed.gap ? [] : missing.slice(0, config.maxLookups),
      signal,
    });
    const queries = merge(listed.queries, lookedUp.found);
    return {
      queries,
      gap: listed.gap,
      aliveIds: [
        ...queries
          .filter(query => !isFinalQueryState(query.state))
          .map(query => query.queryId),
        ...lookedUp.undecided,
        ...(listed.gap ? [] : missing.slice(config.maxLookups)),
      ],
    };
  }

  async #listDue(
    signal: AbortSignal,
  ): Promise<ListedQueries & { full: boolean }> {
    const due =
      this.#fullListAt === undefined ||
      this.options.now() - this.#fullListAt >=
        this.options.config.fullListEveryMs;
    if (due) return this.#listAll(signal);
    const listed = await this.#list.list({ states: LIVE_STATES, signal });
    return { ...listed, full: false };
  }

  async #listAll(
    signal: AbortSignal,
  ): Promise<ListedQueries & { full: boolean }> {
    const startedAt = this.options.now();
    const listed = await this.#list.list({ signal });
    this.#fullListAt = startedAt;
    return { ...listed, full: true };
  }

  *#tell(seen: SeenQueries, look: LookedAt): Iterable<Observation[]> {
    yield* this.#tellQueries(seen.queries, look.at);
    yield [
      {
        type: 'LiveQueriesObserved',
        connection: this.connection,
        at: look.at,
        queryIds: seen.aliveIds,
      },
      gapOrClosed(look, seen.gap),
    ];
  }

  *#tellQueries(
    queries: readonly TrinoListedQuery[],
    at: string,
  ): Iterable<Observation[]> {
    const { connection, prepareQueryText, roots } = this.options;
    let batch: Observation[] = [];
    let ended: string[] = [];
    // Only what was taken counts as told: a batch that failed to be recorded
    // ends this generator at its yield, and is told again by the next look.
    const taken = () => {
      for (const id of ended) this.#told.add(id);
      batch = [];
      ended = [];
    };
    for (const listed of queries) {
      roots.learn(listed.resourceGroup);
      if (listed.source === connection.source) continue;
      if (this.#told.has(listed.queryId)) continue;
      if (isFinalQueryState(listed.state)) ended.push(listed.queryId);
      const query = toQueryRecord({
        connection: this.connection,
        listed,
        at,
        prepareQueryText,
      });
      batch.push({ type: 'QueryObserved', query });
      if (batch.length >= BATCH_SIZE) {
        yield batch;
        taken();
      }
    }
    if (batch.length > 0) {
      yield batch;
      taken();
    }
  }
}

interface SeenQueries extends ListedQueries {
  /** Alive for sure, or not known to have ended. */
  readonly aliveIds: string[];
}

function missingFrom(
  queries: readonly TrinoListedQuery[],
  known: readonly string[],
): string[] {
  const listed = new Set(queries.map(query => query.queryId));
  return known.filter(id => !listed.has(id));
}

/** The later list wins. */
function merge(
  first: readonly TrinoListedQuery[],
  second: readonly TrinoListedQuery[],
): TrinoListedQuery[] {
  return [
    ...new Map(
      [...first, ...second].map(query => [query.queryId, query]),
    ).values(),
  ];
}
