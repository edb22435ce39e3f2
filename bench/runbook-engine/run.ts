import { Client } from 'pg';
import { postgresUrl } from '../ingest/postgresUrl';
import { Engines } from './Engines';
import { STEPS } from './noops';

const WARM_UP = 5;
const RUNS = 60;
const TASKS = 10;
const GOAL = 5;
const FIRST_LINE_GOAL_MS = 150;
const STEP_GOAL_MS = 15;

async function times(
  count: number,
  one: () => Promise<number>,
): Promise<number[]> {
  const taken: number[] = [];
  for (let n = 0; n < count; n += 1) taken.push(await one());
  return taken.sort((a, b) => a - b);
}

function quantile(sorted: readonly number[], q: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))];
}

function rounded(value: number): number {
  return Math.round(value * 10) / 10;
}

/**
 * How long it takes from the start of a run of an action that does nothing to
 * its first line, against the same as a task of the Scaffolder; and what each
 * step of a runbook costs.
 */
async function bench(engines: Engines): Promise<void> {
  await times(WARM_UP, () => engines.firstLineOfRun());
  await times(1, () => engines.firstLineOfTask());
  const tasks = await times(TASKS, () => engines.firstLineOfTask());
  const runs = await times(RUNS, () => engines.firstLineOfRun());
  await times(2, () => engines.wholeRun('many-steps'));
  const one = await times(15, () => engines.wholeRun('one-step'));
  const many = await times(15, () => engines.wholeRun('many-steps'));
  const step = (quantile(many, 0.5) - quantile(one, 0.5)) / (STEPS - 1);
  const p95 = quantile(runs, 0.95);
  const ratio = quantile(tasks, 0.5) / quantile(runs, 0.5);
  console.log(
    `from start to first line: p95 ${rounded(
      p95,
    )} ms (allowed ${FIRST_LINE_GOAL_MS}), median ${rounded(
      quantile(runs, 0.5),
    )} ms; the Scaffolder's median ${rounded(
      quantile(tasks, 0.5),
    )} ms, of which up to 1 s is how often its event stream looks`,
  );
  console.log(
    `a run of ${STEPS} steps takes ${rounded(
      quantile(many, 0.5),
    )} ms, one of one step ${rounded(quantile(one, 0.5))} ms: ${rounded(
      step,
    )} ms a step (allowed ${STEP_GOAL_MS})`,
  );
  console.log(
    JSON.stringify({
      name: 'runbook-engine',
      figure: rounded(quantile(runs, 0.5)),
      unit: 'ms',
      reference: rounded(quantile(tasks, 0.5)),
      ratio: rounded(ratio),
      goal: GOAL,
      met: ratio >= GOAL && p95 <= FIRST_LINE_GOAL_MS && step <= STEP_GOAL_MS,
    }),
  );
}

async function main(): Promise<void> {
  const url = postgresUrl();
  const prefix = `bench_runbooks_${process.pid}_`;
  const engines = await Engines.start({ postgresUrl: url, prefix });
  try {
    await bench(engines);
  } finally {
    await engines.stop();
    await dropDatabases(url, prefix);
  }
}

async function dropDatabases(url: string, prefix: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query(
      'SELECT datname FROM pg_database WHERE starts_with(datname, $1)',
      [prefix],
    );
    for (const { datname } of rows) {
      await client.query(`DROP DATABASE "${datname}" WITH (FORCE)`);
    }
  } finally {
    await client.end();
  }
}

main().then(
  () => process.exit(0),
  error => {
    console.error(error);
    process.exit(1);
  },
);
