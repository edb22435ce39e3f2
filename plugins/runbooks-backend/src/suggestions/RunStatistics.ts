import type { RunbookStatistics } from '@lakehouse-ops/plugin-runbooks-common';
import type { Knex } from 'knex';
import { z } from 'zod';

const WINDOW_DAYS = 90;
const DAY_MS = 86_400_000;
const KEEP_MS = 30_000;
/** Newest successful runs that medians are taken of. */
const MAX_DURATIONS = 5000;

const countsSchema = z.array(
  z.object({
    runbook_id: z.string(),
    runs: z.coerce.number(),
    helped: z.coerce.number(),
    failed: z.coerce.number(),
    last_run_at: z.string(),
  }),
);

const durationsSchema = z.array(
  z.object({
    runbook_id: z.string(),
    started_at: z.string(),
    ended_at: z.string(),
  }),
);

/** What a runbook that never ran has done. */
export const NO_RUNS: RunbookStatistics = {
  windowDays: WINDOW_DAYS,
  runs: 0,
  helped: 0,
  failed: 0,
};

/** How runbooks have done, read once for all of them and kept for half a minute. */
export class RunStatistics {
  readonly #db: Knex;
  #kept?: {
    readonly untilMs: number;
    readonly figures: Promise<ReadonlyMap<string, RunbookStatistics>>;
  };

  static create(db: Knex): RunStatistics {
    return new RunStatistics(db);
  }

  private constructor(db: Knex) {
    this.#db = db;
  }

  /** By the ids of runbooks that ran at all. */
  async read(
    now = Date.now(),
  ): Promise<ReadonlyMap<string, RunbookStatistics>> {
    if (this.#kept && this.#kept.untilMs > now) return this.#kept.figures;
    const figures = this.#look(new Date(now - WINDOW_DAYS * DAY_MS));
    this.#kept = { figures, untilMs: now + KEEP_MS };
    figures.catch(() => {
      this.#kept = undefined;
    });
    return figures;
  }

  async #look(since: Date) {
    const db = this.#db;
    const ended = () =>
      db('runbook_runs')
        .where('created_at', '>=', since.toISOString())
        .whereNotNull('ended_at');
    // In JSON text a quote within a value is escaped: only the field itself matches.
    const counts: unknown = await ended()
      .groupBy('runbook_id')
      .select('runbook_id')
      .count({ runs: '*' })
      .max({ last_run_at: 'created_at' })
      .select(
        db.raw(
          `sum(case when state = 'succeeded' and verification like '%"outcome":"verified"%' then 1 else 0 end) as helped`,
        ),
        db.raw(
          `sum(case when state in ('failed', 'outcome-unknown') then 1 else 0 end) as failed`,
        ),
      );
    const durations: unknown = await ended()
      .where({ state: 'succeeded' })
      .whereNotNull('started_at')
      .orderBy('created_at', 'desc')
      .limit(MAX_DURATIONS)
      .select('runbook_id', 'started_at', 'ended_at');
    const medians = mediansOf(durationsSchema.parse(durations));
    return new Map(
      countsSchema.parse(counts).map(row => [
        row.runbook_id,
        {
          windowDays: WINDOW_DAYS,
          runs: row.runs,
          helped: row.helped,
          failed: row.failed,
          medianDurationMs: medians.get(row.runbook_id),
          lastRunAt: row.last_run_at,
        },
      ]),
    );
  }
}

function mediansOf(
  rows: z.output<typeof durationsSchema>,
): ReadonlyMap<string, number> {
  const byRunbook = new Map<string, number[]>();
  for (const { runbook_id: id, started_at, ended_at } of rows) {
    const durationMs = Date.parse(ended_at) - Date.parse(started_at);
    // Clocks of two replicas may differ.
    if (durationMs >= 0) {
      const durations = byRunbook.get(id) ?? [];
      durations.push(durationMs);
      byRunbook.set(id, durations);
    }
  }
  return new Map(
    [...byRunbook].map(([id, durations]) => {
      const sorted = [...durations].sort((a, b) => a - b);
      const middle = Math.floor(sorted.length / 2);
      return [
        id,
        sorted.length % 2 === 1
          ? sorted[middle]
          : (sorted[middle - 1] + sorted[middle]) / 2,
      ];
    }),
  );
}
