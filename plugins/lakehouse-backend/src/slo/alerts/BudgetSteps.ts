import type { SloSummary } from '@lakehouse-ops/plugin-lakehouse-common';
import type { Knex } from 'knex';
import type { DbNumber } from '../../observations/storable';
import type { StoredSlo } from '../definitions/SloBook';
import type { BudgetStepCrossed } from '../notifying/AlertEvent';
import { addToOutbox } from '../notifying/addToOutbox';
import { policiesOf } from './conditionsOf';
import { subjectOf } from './subjectOf';

/** So much more must be left again before the same step can be crossed anew. */
const HEALED_BY = 0.01;
const MAX_ROWS = 50_000;

/** An SLO with what its evaluation found. */
export interface JudgedSlo {
  readonly slo: StoredSlo;
  readonly summary: SloSummary;
}

/** Steps of budget policies: each crossing is told once, by whichever replica sees it first. */
export class BudgetSteps {
  readonly #db: Knex;

  static create(options: { db: Knex }): BudgetSteps {
    return new BudgetSteps(options.db);
  }

  private constructor(db: Knex) {
    this.#db = db;
  }

  /** Tells of crossings, and forgets those that healed. Without fresh and whole figures nothing is crossed or healed. */
  async update(judged: readonly JudgedSlo[], nowMs: number): Promise<void> {
    const rows: StepRow[] = await this.#db('slo_budget_steps')
      .limit(MAX_ROWS)
      .select('slo_id', 'remaining');
    const known = new Map<string, number[]>();
    for (const row of rows) {
      const steps = known.get(row.slo_id) ?? [];
      known.set(row.slo_id, [...steps, Number(row.remaining)]);
    }
    for (const each of judged) {
      await this.#updateOne(each, known.get(each.slo.id) ?? [], nowMs);
    }
  }

  /** Forgets SLOs that are gone. */
  async remove(sloIds: readonly string[]): Promise<void> {
    for (const id of sloIds) {
      await this.#db('slo_budget_steps').where('slo_id', id).delete();
    }
  }

  async #updateOne(
    { slo, summary }: JudgedSlo,
    known: readonly number[],
    nowMs: number,
  ): Promise<void> {
    const remaining = summary.budget?.remaining;
    if (summary.data !== 'measured' || remaining === undefined) return;
    const { budgetPolicy } = slo.definition;
    const healed = known.filter(
      step =>
        remaining > step + HEALED_BY ||
        !budgetPolicy.some(each => each.remaining === step),
    );
    if (healed.length) {
      await this.#db('slo_budget_steps')
        .where('slo_id', slo.id)
        .whereIn('remaining', healed)
        .delete();
    }
    const crossed = budgetPolicy
      .filter(step => remaining <= step.remaining)
      .filter(step => !known.includes(step.remaining))
      .sort((a, b) => a.remaining - b.remaining);
    if (!crossed.length) return;
    await this.#db.transaction(async trx => {
      const own: StepRow[] = await trx('slo_budget_steps')
        .insert(
          [...new Set(crossed.map(step => step.remaining))].map(step => ({
            slo_id: slo.id,
            remaining: step,
            crossed_at: nowMs,
          })),
        )
        .onConflict(['slo_id', 'remaining'])
        .ignore()
        .returning(['slo_id', 'remaining']);
      const [lowest] = crossed.filter(step =>
        own.some(row => Number(row.remaining) === step.remaining),
      );
      if (!lowest) return;
      await addToOutbox(trx, {
        threadId: `budget:${slo.id}`,
        events: [eventOf({ slo, summary, step: lowest, remaining, nowMs })],
        nowMs,
      });
    });
  }
}

interface StepRow {
  slo_id: string;
  remaining: DbNumber;
}

function eventOf(options: {
  slo: StoredSlo;
  summary: SloSummary;
  step: { remaining: number; action: string };
  remaining: number;
  nowMs: number;
}): { event: BudgetStepCrossed; targets: readonly string[] } {
  const { slo, summary, step, remaining, nowMs } = options;
  const policies = policiesOf(slo.definition);
  const subject = subjectOf(slo, {
    ...policies[0],
    targets: [...new Set(policies.flatMap(({ targets }) => targets))],
  });
  return {
    targets: subject.targets,
    event: {
      kind: 'budget',
      sloId: slo.id,
      atMs: nowMs,
      subject,
      sentence: summary.sentence,
      step: step.remaining,
      remaining,
      action: step.action,
    },
  };
}
