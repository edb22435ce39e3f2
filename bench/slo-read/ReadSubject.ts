import type { LoggerService } from '@backstage/backend-plugin-api';
import type { SloObjectiveView } from '@lakehouse-ops/plugin-lakehouse-common';
import { DatabaseObservationStore } from '../../plugins/lakehouse-backend/src/observations/DatabaseObservationStore';
import { DatabaseSloAlertLog } from '../../plugins/lakehouse-backend/src/slo/alerts/DatabaseSloAlertLog';
import { DatabaseSloBook } from '../../plugins/lakehouse-backend/src/slo/definitions/DatabaseSloBook';
import { DatabaseSloStates } from '../../plugins/lakehouse-backend/src/slo/evaluation/DatabaseSloStates';
import {
  countsOf,
  Judge,
} from '../../plugins/lakehouse-backend/src/slo/evaluation/Judge';
import type { SloStates } from '../../plugins/lakehouse-backend/src/slo/evaluation/SloStates';
import { SloHistoryReader } from '../../plugins/lakehouse-backend/src/slo/reads/SloHistoryReader';
import { readSloStories } from '../../plugins/lakehouse-backend/src/slo/reads/SloStory';
import { SloViews } from '../../plugins/lakehouse-backend/src/slo/reads/SloViews';
import { DatabaseSloRollups } from '../../plugins/lakehouse-backend/src/slo/rollups/DatabaseSloRollups';
import type { ScratchDatabase } from '../ingest/ScratchDatabase';
import {
  benchSlos,
  CONNECTION,
  ENTITIES,
  entityOf,
  WINDOW_DAYS,
} from './benchSlos';
import { fillQueries } from './fillQueries';
import { fillRollups } from './fillRollups';

const DAY_MS = 86_400_000;
/** Evaluations until all SLOs have been looked at closely. */
const JUDGE_ROUNDS = 12;
const PAGE = 50;
const SIGHT = { connections: [CONNECTION], manageable: [CONNECTION] };

const logger: LoggerService = {
  error: console.error,
  warn: console.warn,
  info: () => undefined,
  debug: () => undefined,
  child: () => logger,
};

interface Parts {
  readonly book: DatabaseSloBook;
  readonly rollups: DatabaseSloRollups;
  readonly states: DatabaseSloStates;
  readonly alertLog: DatabaseSloAlertLog;
  readonly now: () => number;
}

/** A database with a thousand SLOs and so many queries, and what reads it. */
export class ReadSubject {
  readonly queries: number;
  readonly #database: ScratchDatabase;
  readonly #views: SloViews;
  readonly #uncounted: SloViews;
  readonly #history: SloHistoryReader;
  readonly #book: DatabaseSloBook;

  static async create(options: {
    database: ScratchDatabase;
    queries: number;
    nowMs: number;
  }): Promise<ReadSubject> {
    const { database, queries, nowMs } = options;
    const { knex: db } = database;
    await DatabaseObservationStore.create({
      database: { getClient: async () => db },
    });
    const book = DatabaseSloBook.create({ db });
    const slos = benchSlos();
    await book.apply({
      updates: Array.from({ length: ENTITIES }, (_, index) => ({
        namedBy: entityOf(index),
        location: `entity-${index}/slo.yaml`,
        format: 'openslo',
        problems: [],
        good: {
          content: '',
          slos: slos.filter(({ entityRef }) => entityRef === entityOf(index)),
        },
      })),
    });
    await fillQueries(db, { rows: queries, nowMs });
    await fillRollups(db, nowMs);
    const parts = {
      book,
      now: () => nowMs,
      rollups: DatabaseSloRollups.create({ db, now: () => nowMs }),
      states: DatabaseSloStates.create({ db }),
      alertLog: DatabaseSloAlertLog.create({ db }),
    };
    await evaluate(parts, nowMs);
    return new ReadSubject(options, parts);
  }

  private constructor(
    { queries, database }: { queries: number; database: ScratchDatabase },
    parts: Parts,
  ) {
    this.queries = queries;
    this.#database = database;
    this.#book = parts.book;
    this.#views = SloViews.create(parts);
    this.#uncounted = SloViews.create({
      ...parts,
      states: withoutCounts(parts.states),
    });
    this.#history = SloHistoryReader.create(parts);
  }

  /** What the tab of an entity shows, as it goes over the wire. */
  async tab(entity: number): Promise<string> {
    return JSON.stringify(await this.#views.ofEntity(entityOf(entity), SIGHT));
  }

  /** The same, where nothing that the evaluation counted can be used, as after a correction. */
  async tabCounted(entity: number): Promise<string> {
    return JSON.stringify(
      await this.#uncounted.ofEntity(entityOf(entity), SIGHT),
    );
  }

  /** What is drawn of one SLO. */
  async charts(entity: number): Promise<string> {
    const slos = await this.#book.list();
    const slo = slos[(entity * 10) % slos.length];
    return JSON.stringify(await this.#history.read(slo, {}));
  }

  async list(offset: number): Promise<string> {
    return JSON.stringify(
      await this.#views.list({
        connections: [CONNECTION],
        limit: PAGE,
        offset,
      }),
    );
  }

  async objectives(entity: number): Promise<Map<string, SloObjectiveView>> {
    const { items } = await this.#views.ofEntity(entityOf(entity), {
      connections: [CONNECTION],
      manageable: [],
    });
    return new Map(items.map(slo => [slo.name, slo.objectives[0]]));
  }

  drop(): Promise<void> {
    return this.#database.drop();
  }
}

function withoutCounts(
  states: DatabaseSloStates,
): Pick<SloStates, 'list' | 'evaluations'> {
  return {
    list: request => states.list(request),
    evaluations: async ids =>
      new Map(
        [...(await states.get(ids))].map(([id, summary]) => [id, { summary }]),
      ),
  };
}

/** As the plugin does several times a minute. */
async function evaluate(parts: Parts, nowMs: number) {
  const judge = Judge.create({ rollups: parts.rollups, logger });
  const stories = await readSloStories(parts, await parts.book.list(), {
    fromMs: nowMs - WINDOW_DAYS * DAY_MS,
    toMs: nowMs,
  });
  const cases = stories.map(story => ({
    story,
    open: [],
    shown: new Map(),
    silences: [],
  }));
  for (let round = 1; round <= JUDGE_ROUNDS; round += 1) {
    const judged = await judge.judge(cases, nowMs);
    if (round === JUDGE_ROUNDS) {
      await parts.states.put(
        judged.map(({ summary }) => summary),
        countsOf(judged),
      );
    }
  }
}
