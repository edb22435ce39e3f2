import { ConfigReader } from '@backstage/config';
import type { LoggerService } from '@backstage/backend-plugin-api';
import {
  DefaultTrinoConnection,
  readTrinoConnectionsConfig,
} from '@lakehouse-ops/plugin-lakehouse-node';
import {
  createTrinoCollectors,
  readTrinoCollectorsConfig,
} from '../../plugins/lakehouse-backend/src/collectors/trino';
import { discoverTables } from '../../plugins/lakehouse-backend/src/collectors/trino/tables/discoverTables';
import type { Observation } from '../../plugins/lakehouse-backend/src/observations/Observation';
import { benchTables } from './benchTables';
import { MemoryTableStore } from './MemoryTableStore';

const TABLES = 200;
const CHANGED_SHARE = 0.05;
const CONCURRENCY = 4;
const ROUNDS = 3;
const GOAL = 5;

const logger: LoggerService = {
  debug() {},
  info() {},
  warn: message => console.warn(message),
  error: message => console.error(message),
  child: () => logger,
};

/**
 * Times a sweep over 200 real tables of which 5 % changed since the last one, against
 * reading `$files` of each in the same run. Rounds alternate, so that both meet the
 * same caches; the medians are compared.
 */
async function main() {
  const url = process.env.STACK_TRINO_HTTP_URL ?? 'http://127.0.0.1:18080';
  const config = new ConfigReader({
    lakehouse: {
      trino: { connections: [{ id: 'bench', url, user: 'lakehouse-ops' }] },
      collectors: {
        tables: {
          include: ['iceberg.bench_sweep.*'],
          concurrency: CONCURRENCY,
        },
      },
    },
  });
  const [connectionConfig] = readTrinoConnectionsConfig(config);
  const connection = DefaultTrinoConnection.create({
    config: connectionConfig,
    logger,
  });
  try {
    await bench(connection, config);
  } finally {
    await connection.close();
  }
}

async function bench(connection: DefaultTrinoConnection, config: ConfigReader) {
  const store = MemoryTableStore.create();
  const { collectors } = createTrinoCollectors({
    connection,
    store,
    config: readTrinoCollectorsConfig(config),
    logger,
    prepareQueryText: text => ({ text, truncated: false }),
  });
  const sweeper = collectors.find(({ id }) => id.startsWith('trino-tables:'));
  if (!sweeper) throw new Error('There is no collector that sweeps tables.');
  const sweep = async () => {
    for await (const batch of sweeper.collect({
      signal: new AbortController().signal,
    })) {
      refuseGaps(batch);
      store.record(batch);
    }
  };

  const tables = benchTables({
    connection,
    count: TABLES,
    concurrency: CONCURRENCY,
  });
  const { seconds: makingS, value: made } = await timed(() => tables.ensure());
  console.log(`${made} of ${TABLES} tables made in ${makingS.toFixed(1)} s`);
  const first = await timed(sweep);
  console.log(
    `first sweep: ${store.all().length} tables in ${first.seconds.toFixed(
      1,
    )} s`,
  );

  const changes = Math.round(TABLES * CHANGED_SHARE);
  const ours: number[] = [];
  const reference: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const changed = tables.refs.slice(round * changes, (round + 1) * changes);
    await tables.change(changed);
    const before = new Map(
      store.all().map(({ ref, snapshot }) => [ref.table, snapshot?.id]),
    );
    ours.push((await timed(sweep)).seconds);
    const seen = store
      .all()
      .filter(({ ref, snapshot }) => before.get(ref.table) !== snapshot?.id);
    if (seen.length !== changed.length) {
      throw new Error(
        `The sweep saw ${seen.length} changed tables instead of ${changed.length}.`,
      );
    }
    reference.push((await timed(() => tables.readFiles())).seconds);
    console.log(
      `round ${round + 1}: sweep with ${changes} changed ${ours[round].toFixed(
        2,
      )} s, $files of all ${reference[round].toFixed(2)} s`,
    );
  }
  const listing = await timed(() =>
    discoverTables({
      connection,
      include: [tables.pattern],
      signal: new AbortController().signal,
    }),
  );
  console.log(
    `listing the tables anew, as a sweep does every ten minutes, takes ${listing.seconds.toFixed(
      2,
    )} s more`,
  );
  const figure = median(ours);
  const ratio = median(reference) / figure;
  console.log(
    JSON.stringify({
      name: 'sweep',
      figure: rounded(figure),
      unit: 's',
      reference: rounded(median(reference)),
      ratio: rounded(ratio),
      goal: GOAL,
      met: ratio >= GOAL,
    }),
  );
}

function refuseGaps(batch: readonly Observation[]) {
  for (const observation of batch) {
    if (observation.type === 'GapOpened') {
      throw new Error(`The sweep failed: ${observation.gap.reason}`);
    }
  }
}

async function timed<T>(
  run: () => Promise<T>,
): Promise<{ seconds: number; value: T }> {
  const startedAt = performance.now();
  const value = await run();
  return { seconds: (performance.now() - startedAt) / 1000, value };
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
}

function rounded(value: number): number {
  return Math.round(value * 100) / 100;
}

main().catch(error => {
  console.error(error);
  process.exitCode = 1;
});
