import Redis from 'ioredis';
import {
  instrumentCache,
  type CacheTelemetry,
} from '../../libraries/redis-cache-telemetry/src';
import { BenchRedis } from '../redis-flush/BenchRedis';
import { CacheLoad } from './CacheLoad';

/** Few, so that what else the machine does meets a slice and its reference alike. */
const READS_PER_SLICE = 2_000;
const WARM_UP_ROUNDS = 30;
const ROUNDS = 250;
const GOAL = 0.97;

/** Reads a second of each round, with its reference just before it. */
interface Rounds {
  readonly rates: number[];
  readonly ratios: number[];
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}

/** What counts nothing costs nothing. */
function check(telemetry: CacheTelemetry, reads: number) {
  const counted = [
    ...telemetry
      .metrics()
      .matchAll(/^lakehouse_cache_(?:hits|misses)_total\S+ (\d+)$/gm),
  ].reduce((sum, [, count]) => sum + Number(count), 0);
  if (counted !== reads) {
    throw new Error(`${counted} of ${reads} reads were counted`);
  }
}

/**
 * Reads of a cache with telemetry against the same reads without, in short
 * slices and in turns: of one client that is instrumented beside one that is
 * not, and of all clients by diagnostics channel.
 */
async function bench(plainClient: Redis, ownClient: Redis) {
  const plain = await CacheLoad.create(plainClient);
  const own = await CacheLoad.create(ownClient);
  const ofClient: Rounds = { rates: [], ratios: [] };
  const ofAll: Rounds = { rates: [], ratios: [] };
  const references: number[] = [];
  const telemetry = instrumentCache({ redis: ownClient });
  console.log(
    `${READS_PER_SLICE} reads of ${plain.valueBytes} bytes of JSON a slice, ${ROUNDS} rounds`,
  );
  for (let round = -WARM_UP_ROUNDS; round < ROUNDS; round += 1) {
    globalThis.gc?.();
    const first = await plain.run(READS_PER_SLICE);
    const withClient = await own.run(READS_PER_SLICE);
    globalThis.gc?.();
    const second = await plain.run(READS_PER_SLICE);
    const ofChannel = instrumentCache();
    const withAll = await plain.run(READS_PER_SLICE);
    check(ofChannel, READS_PER_SLICE);
    await ofChannel.stop();
    if (round < 0) continue;
    references.push(first, second);
    ofClient.rates.push(withClient);
    ofClient.ratios.push(withClient / first);
    ofAll.rates.push(withAll);
    ofAll.ratios.push(withAll / second);
  }
  check(telemetry, (ROUNDS + WARM_UP_ROUNDS) * READS_PER_SLICE);
  await telemetry.stop();
  report({ reference: median(references), ofClient, ofAll });
}

function report(options: {
  reference: number;
  ofClient: Rounds;
  ofAll: Rounds;
}) {
  const { reference, ofClient, ofAll } = options;
  for (const [name, rounds] of Object.entries({ ofClient, ofAll })) {
    console.log(
      `${name === 'ofClient' ? 'one client' : 'all clients'}: ${Math.round(
        median(rounds.rates),
      )} reads/s, ratio ${median(rounds.ratios).toFixed(3)}`,
    );
  }
  // The dearer of the two ways has to meet the goal.
  const [dearer] = [ofClient, ofAll].sort(
    (a, b) => median(a.ratios) - median(b.ratios),
  );
  const ratio = median(dearer.ratios);
  console.log(
    JSON.stringify({
      name: 'cache-telemetry',
      figure: Math.round(median(dearer.rates)),
      unit: 'reads/s',
      reference: Math.round(reference),
      ratio: Math.round(ratio * 1_000) / 1_000,
      goal: GOAL,
      met: ratio >= GOAL,
    }),
  );
}

async function main() {
  const server = await BenchRedis.start();
  const clients = [1, 2].map(
    () => new Redis({ host: '127.0.0.1', port: server.port }),
  );
  try {
    await bench(clients[0], clients[1]);
  } finally {
    clients.forEach(client => client.disconnect());
    await server.stop();
  }
}

main().catch(error => {
  console.error(error instanceof Error ? error.message : error);
  console.error('The benchmark needs redis-server 7 or later on the PATH.');
  process.exitCode = 1;
});
