import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { toError } from '@backstage/errors';
import {
  isFinalRunState,
  type Run,
} from '@lakehouse-ops/plugin-runbooks-common';
import type { CrashCase, Prepared } from './cases/CrashCase';
import { type Point, POINTS } from './faults';
import { judge, type Verdict } from './judge';
import { Replica } from './Replica';

const REACH_MS = 90_000;
const END_MS = 180_000;

interface Started {
  readonly crashCase: CrashCase;
  readonly prepared: Prepared;
  readonly runId: string;
}

/** Actions that are shipped and that no case tries. */
export async function findUntried(options: {
  cases: readonly CrashCase[];
  env: Record<string, string>;
  log: string;
}): Promise<string[]> {
  const replica = await Replica.start(options);
  try {
    const { items } = await replica.client.getRunbooks();
    const tried = new Set(options.cases.map(({ actionId }) => actionId));
    return items
      .filter(({ id, kind }) => kind !== 'runbook' && !id.startsWith('ledger:'))
      .map(({ id }) => id)
      .filter(id => !tried.has(id));
  } finally {
    await replica.stop();
  }
}

/** Verdicts by action and point. */
export type Matrix = Map<string, Map<Point, Verdict>>;

/**
 * Has a process die at each point of each action's run, starts it again, and
 * compares what its runs say with what the systems say.
 */
export async function killAtPoints(options: {
  cases: readonly CrashCase[];
  env: Record<string, string>;
  log: string;
}): Promise<Matrix> {
  const matrix: Matrix = new Map();
  for (const point of POINTS) {
    for (const wave of [1, 2]) {
      const cases = options.cases.filter(one => one.wave === wave);
      if (cases.length === 0) continue;
      const verdicts = await killOnce({ ...options, cases, point });
      const again = cases.filter(
        ({ actionId }) => verdicts.get(actionId)?.untried,
      );
      if (again.length > 0) {
        const more = await killOnce({ ...options, cases: again, point });
        for (const [id, verdict] of more) verdicts.set(id, verdict);
      }
      for (const [actionId, verdict] of verdicts) {
        const row = matrix.get(actionId) ?? new Map<Point, Verdict>();
        matrix.set(actionId, row.set(point, verdict));
        console.log(
          `${verdict.wrong ? '✗' : '✓'} ${actionId}, killed ${point}: ${
            verdict.state
          }${verdict.said ? ` (${verdict.said})` : ''}${
            verdict.wrong ? `, but ${verdict.wrong}` : ''
          }`,
        );
      }
    }
  }
  return matrix;
}

async function killOnce(options: {
  cases: readonly CrashCase[];
  env: Record<string, string>;
  log: string;
  point: Point;
}): Promise<Map<string, Verdict>> {
  const { cases, point } = options;
  const verdicts = new Map<string, Verdict>();
  const started: Started[] = [];
  const victim = await Replica.start(options);
  try {
    for (const crashCase of cases) {
      const { actionId } = crashCase;
      try {
        started.push(await startOnce(victim, crashCase, point));
      } catch (error) {
        verdicts.set(actionId, {
          state: 'not started',
          wrong: describe(error),
          untried: true,
        });
      }
    }
    await until(
      REACH_MS,
      () =>
        new Set(victim.reached.map(({ actionId }) => actionId)).size >=
        started.length,
    );
  } finally {
    await victim.kill();
  }
  const reached = new Set(victim.reached.map(({ actionId }) => actionId));
  const heir = await Replica.start({ ...options, point: undefined });
  try {
    for (const one of started) {
      const { actionId } = one.crashCase;
      const run = await ended(heir, one.runId);
      verdicts.set(
        actionId,
        reached.has(actionId)
          ? await judge({ ...one, run })
          : {
              state: run.state,
              wrong: 'it never came to that point',
              untried: true,
            },
      );
    }
  } finally {
    await heir.stop();
    for (const { prepared } of started) await prepared.clear?.();
  }
  return verdicts;
}

/** A busy system may refuse what prepares a run; that is not what is tried here. */
async function startOnce(
  victim: Replica,
  crashCase: CrashCase,
  point: Point,
): Promise<Started> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      const label = `${point}-${process.pid}-${attempt}`;
      const prepared = await crashCase.prepare(label);
      const runId = await begin(victim, crashCase.actionId, prepared);
      return { crashCase, prepared, runId };
    } catch (error) {
      if (attempt === 3) throw error;
      console.log(`Once more: ${describe(error)}`);
      await sleep(2_000);
    }
  }
}

async function begin(
  { client }: Replica,
  runbookId: string,
  { parameters }: Prepared,
): Promise<string> {
  const preview = await client.createPreview({ runbookId, parameters });
  const run = await client.startRun({
    previewId: preview.id,
    previewHash: preview.hash,
    idempotencyKey: randomUUID(),
  });
  return run.id;
}

async function ended({ client }: Replica, id: string): Promise<Run> {
  let run = await client.getRun(id);
  await until(END_MS, async () => {
    run = await client.getRun(id);
    return isFinalRunState(run.state);
  });
  return run;
}

function describe(error: unknown): string {
  const { message, cause } = toError(error);
  return [message, cause ? toError(cause).message : ''].join(' ').trim();
}

/** Waits until something is so, or for as long as is reasonable. */
async function until(
  timeoutMs: number,
  isSo: () => boolean | Promise<boolean>,
): Promise<void> {
  const giveUpAt = Date.now() + timeoutMs;
  while (!(await isSo()) && Date.now() < giveUpAt) await sleep(200);
}
