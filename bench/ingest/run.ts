import { setImmediate as breathe } from 'node:timers/promises';
import { IngestQueue } from '../../plugins/lakehouse-backend/src/ingest/IngestQueue';
import { reduceTrinoEvent } from '../../plugins/lakehouse-backend/src/ingest/reduceTrinoEvent';
import { scanTrinoEvent } from '../../plugins/lakehouse-backend/src/ingest/scanTrinoEvent';
import { DatabaseObservationStore } from '../../plugins/lakehouse-backend/src/observations/DatabaseObservationStore';
import { readRows, runReference } from './copyReference';
import { EventSource } from './EventSource';
import { postgresUrl } from './postgresUrl';
import { ScratchDatabase } from './ScratchDatabase';

const EVENTS = 2_000;
const ROUNDS = 7;
const GOAL = 0.5;
const MAX_RSS_MIB = 600;
const MIB = 1024 * 1024;

/** Events that come before the others of the process get a turn, as with requests. */
const BURST = 20;

async function runOurs(options: {
  store: DatabaseObservationStore;
  source: EventSource;
  round: number;
}): Promise<void> {
  const { store, source, round } = options;
  const queue = IngestQueue.create({ store });
  const answers: Array<Promise<void>> = [];
  for (let index = 0; index < EVENTS; index += 1) {
    const event = scanTrinoEvent(source.event(round, index));
    const query = reduceTrinoEvent(event, {
      connection: 'bench',
      observedAt: new Date(),
    });
    answers.push(queue.submit({ type: 'QueryObserved', query }));
    if (index % BURST === BURST - 1) await breathe();
  }
  await Promise.all(answers);
}

async function secondsOf(work: () => Promise<void>): Promise<number> {
  const started = performance.now();
  await work();
  return (performance.now() - started) / 1000;
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}

/**
 * Times what ingest does with captured events (scan, reduce, group commit to
 * PostgreSQL) against JSON.parse and COPY of the same rows. Rounds alternate,
 * so that both meet the same machine; the medians are compared.
 */
async function bench(database: ScratchDatabase) {
  const source = EventSource.ofCaptured();
  const store = await DatabaseObservationStore.create({
    database: { getClient: async () => database.knex },
  });
  let peakRss = 0;
  const sampler = setInterval(() => {
    peakRss = Math.max(peakRss, process.memoryUsage().rss);
  }, 10);

  console.log(
    `${EVENTS} events of ${source.kinds} captured kinds, ${Math.round(
      source.meanBytes / 1024,
    )} KiB on average, ${ROUNDS} rounds`,
  );
  const ours: number[] = [];
  const theirs: number[] = [];
  for (let round = 0; round <= ROUNDS; round += 1) {
    await database.clear();
    const our = await secondsOf(() => runOurs({ store, source, round }));
    const stored = await database.count('queries');
    if (stored !== EVENTS) {
      throw new Error(`${stored} of ${EVENTS} events were stored`);
    }
    const rows = await readRows(database);
    await database.clear();
    const their = await secondsOf(() =>
      runReference({ database, source, rows, round, events: EVENTS }),
    );
    const copied = await database.count('queries');
    if (copied !== EVENTS) {
      throw new Error(`${copied} of ${EVENTS} rows were copied`);
    }
    const rates = `ours ${Math.round(
      EVENTS / our,
    )} events/s, reference ${Math.round(EVENTS / their)} events/s`;
    if (round === 0) {
      console.log(`warm-up: ${rates}`);
    } else {
      console.log(`round ${round}: ${rates}`);
      ours.push(our);
      theirs.push(their);
    }
  }
  clearInterval(sampler);

  const figure = EVENTS / median(ours);
  const reference = EVENTS / median(theirs);
  const ratio = figure / reference;
  const rssMib = peakRss / MIB;
  console.log(
    `peak RSS ${Math.round(
      rssMib,
    )} MiB (allowed ${MAX_RSS_MIB}), reference included`,
  );
  console.log(
    JSON.stringify({
      name: 'ingest',
      figure: Math.round(figure),
      unit: 'events/s',
      reference: Math.round(reference),
      ratio: Math.round(ratio * 100) / 100,
      goal: GOAL,
      met: ratio >= GOAL && rssMib <= MAX_RSS_MIB,
    }),
  );
}

async function main() {
  const database = await ScratchDatabase.create(postgresUrl());
  try {
    await bench(database);
  } finally {
    await database.drop();
  }
}

main().catch(error => {
  console.error(error instanceof Error ? error.message : error);
  console.error(
    'The benchmark needs a PostgreSQL: npm run stack -- --only postgres, or set BENCH_POSTGRES_URL.',
  );
  process.exitCode = 1;
});
