import { postgresUrl } from '../ingest/postgresUrl';
import { ScratchDatabase } from '../ingest/ScratchDatabase';
import { ENTITIES, WINDOW_DAYS } from './benchSlos';
import { rawReference } from './rawReference';
import { ReadSubject } from './ReadSubject';

const FEW = 100_000;
const MANY = 10_000_000;
const ROUNDS = 10;
const READS_PER_ROUND = 30;
const REFERENCES = 5;
const GOAL = 100;
const TAB_GOAL_MS = 50;
const LIST_GOAL_MS = 300;
const GROWTH_GOAL = 1.2;
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

async function times(
  reads: number,
  read: (index: number) => Promise<unknown>,
): Promise<number[]> {
  const taken: number[] = [];
  for (let index = 0; index < reads; index += 1) {
    const started = performance.now();
    await read(index);
    taken.push(performance.now() - started);
  }
  return taken;
}

function quantile(values: readonly number[], q: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))];
}

function rounded(value: number): number {
  return Math.round(value * 100) / 100;
}

/** @throws when what the rollups tell is not what the rows tell */
async function check(
  subject: ReadSubject,
  options: { database: ScratchDatabase; entity: number; nowMs: number },
) {
  const { database, entity, nowMs } = options;
  if ((await subject.tab(entity)) !== (await subject.tabCounted(entity))) {
    throw new Error(
      'What the evaluation counted is not what is counted for the tab.',
    );
  }
  const told = await subject.objectives(entity);
  const raw = await reference(database, { entity, nowMs });
  for (const { source, ...counts } of raw) {
    const app = source.split('-')[1];
    const success = told.get(`success-${app}`);
    const latency = told.get(`latency-${app}`);
    const found = [
      success?.good,
      success?.total,
      latency?.good,
      latency?.total,
    ];
    const wanted = [
      counts.succeeded,
      counts.counted,
      counts.fast,
      counts.finished,
    ];
    if (found.join() !== wanted.join()) {
      throw new Error(
        `Of ${source} the rollups tell ${found}, the rows ${wanted}`,
      );
    }
  }
}

/** Minutes of the window's first hour are gone, so that it begins with the hour. */
function reference(
  database: ScratchDatabase,
  { entity, nowMs }: { entity: number; nowMs: number },
) {
  const beginMs = nowMs - WINDOW_DAYS * DAY_MS;
  return rawReference(database.knex, {
    sources: Array.from(
      { length: 5 },
      (_, index) => `app-${entity * 5 + index}`,
    ),
    fromMs: Math.floor(beginMs / HOUR_MS) * HOUR_MS,
    toMs: nowMs,
  });
}

async function measure(subjects: { few: ReadSubject; many: ReadSubject }) {
  const tab = { few: new Array<number>(), many: new Array<number>() };
  const counted = { few: new Array<number>(), many: new Array<number>() };
  const list: number[] = [];
  const charts: number[] = [];
  for (const subject of [subjects.few, subjects.many]) {
    // As in a backend that has been up for a while: definitions, and sketches of past days, are kept in memory.
    await times(ENTITIES, index => subject.tab(index));
    await times(ENTITIES, index => subject.tabCounted(index));
    await times(ENTITIES, index => subject.charts(index));
  }
  for (let round = 0; round < ROUNDS; round += 1) {
    const entity = (index: number) =>
      (round * READS_PER_ROUND + index * 7) % ENTITIES;
    for (let index = 0; index < READS_PER_ROUND; index += 1) {
      // In turns, so that all meet the same machine.
      for (const name of ['few', 'many'] as const) {
        const subject = subjects[name];
        tab[name].push(...(await times(1, () => subject.tab(entity(index)))));
      }
      for (const name of ['few', 'many'] as const) {
        const subject = subjects[name];
        counted[name].push(
          ...(await times(1, () => subject.tabCounted(entity(index)))),
        );
      }
    }
    list.push(
      ...(await times(READS_PER_ROUND, index =>
        subjects.many.list((index % 20) * 50),
      )),
    );
    charts.push(
      ...(await times(READS_PER_ROUND, index =>
        subjects.many.charts(entity(index)),
      )),
    );
  }
  return { tab, counted, list, charts };
}

async function bench(databases: {
  few: ScratchDatabase;
  many: ScratchDatabase;
}) {
  const nowMs = Math.floor(Date.now() / 60_000) * 60_000;
  const create = async (name: 'few' | 'many', queries: number) => {
    const started = performance.now();
    const subject = await ReadSubject.create({
      database: databases[name],
      queries,
      nowMs,
    });
    console.log(
      `${queries.toLocaleString(
        'en',
      )} queries and 1,000 SLOs were made in ${Math.round(
        (performance.now() - started) / 1_000,
      )} s`,
    );
    await check(subject, { database: databases[name], entity: 3, nowMs });
    return subject;
  };
  const subjects = {
    few: await create('few', FEW),
    many: await create('many', MANY),
  };
  const { tab, counted, list, charts } = await measure(subjects);
  const raw = await times(REFERENCES, index =>
    reference(databases.many, { entity: index, nowMs }),
  );
  const p95 = {
    few: quantile(tab.few, 0.95),
    many: quantile(tab.many, 0.95),
    list: quantile(list, 0.95),
    charts: quantile(charts, 0.95),
  };
  const growth = p95.many / p95.few;
  const ratio = quantile(raw, 0.5) / quantile(tab.many, 0.5);
  console.log(
    `the tab of an entity with ten SLOs: p95 ${rounded(
      p95.many,
    )} ms (allowed ${TAB_GOAL_MS}), with ${FEW.toLocaleString(
      'en',
    )} queries ${rounded(p95.few)} ms: ${rounded(
      growth,
    )} times as long (allowed ${GROWTH_GOAL})`,
  );
  console.log(
    `the same where nothing that the evaluation counted can be used: p95 ${rounded(
      quantile(counted.many, 0.95),
    )} ms, with ${FEW.toLocaleString('en')} queries ${rounded(
      quantile(counted.few, 0.95),
    )} ms`,
  );
  console.log(
    `a page of 50 SLOs of 1,000: p95 ${rounded(
      p95.list,
    )} ms (allowed ${LIST_GOAL_MS}); the charts of one SLO: p95 ${rounded(
      p95.charts,
    )} ms`,
  );
  console.log(
    JSON.stringify({
      name: 'slo-read',
      figure: rounded(quantile(tab.many, 0.5)),
      unit: 'ms',
      reference: rounded(quantile(raw, 0.5)),
      ratio: rounded(ratio),
      goal: GOAL,
      met:
        ratio >= GOAL &&
        p95.many <= TAB_GOAL_MS &&
        growth <= GROWTH_GOAL &&
        p95.list <= LIST_GOAL_MS,
    }),
  );
}

/**
 * What it takes to read the SLO tab of an entity, with few queries and with a
 * hundred times as many, against the same figures by one statement over the rows.
 */
async function main() {
  const few = await ScratchDatabase.create(postgresUrl(), 'slo_few');
  const many = await ScratchDatabase.create(postgresUrl(), 'slo_many');
  try {
    await bench({ few, many });
  } finally {
    await few.drop();
    await many.drop();
  }
}

main().catch(error => {
  console.error(error instanceof Error ? error.message : error);
  console.error(
    'The benchmark needs a PostgreSQL: npm run stack -- --only postgres, or set BENCH_POSTGRES_URL. It takes some 5 GB of its disk.',
  );
  process.exitCode = 1;
});
