import Redis from 'ioredis';
import {
  instrumentCache,
  type CacheTelemetry,
} from '../../libraries/redis-cache-telemetry/src';
import { BenchRedis } from '../redis-flush/BenchRedis';
import { CacheLoad } from './CacheLoad';

/** Few, so that what else the machine does meets a slice and its reference alike. */
const READS_PER_SLICE = 1_000;
const WARM_UP_ROUNDS = 20;
const ROUNDS = 150;
const GOAL = 0.97;

/** Reads a second of each round, without and with telemetry. */
interface Rounds {
  readonly without: number[];
  readonly with: number[];
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
 * One round: without, with, with, without, so that neither gains by its turn.
 */
async function measure(options: {
  without: () => Promise<number>;
  with: () => Promise<number>;
}): Promise<{ without: number; with: number }> {
  const rates = {
    first: await options.without(),
    second: await options.with(),
    third: await options.with(),
    fourth: await options.without(),
  };
  return {
    without: together(rates.first, rates.fourth),
    with: together(rates.second, rates.third),
  };
}

/** The rate of two slices of as many reads. */
function together(one: number, other: number): number {
  return 2 / (1 / one + 1 / other);
}

/**
 * Reads of a cache with telemetry against the same reads without, in short
 * slices and in turns: of one client that is instrumented beside one that is
 * not, and of all clients by diagnostics channel.
 */
async function bench(plainClient: Redis, ownClient: Redis) {
  const plain = await CacheLoad.create(plainClient);
  const own = await CacheLoad.create(ownClient);
  const ofClient: Rounds = { without: [], with: [] };
  const ofAll: Rounds = { without: [], with: [] };
  const telemetry = instrumentCache({ redis: ownClient.duplicate() });
  const readPlain = () => plain.run(READS_PER_SLICE);
  console.log(
    `${READS_PER_SLICE} reads of ${plain.valueBytes} bytes of JSON a slice, ${ROUNDS} rounds of four slices`,
  );
  for (let round = -WARM_UP_ROUNDS; round < ROUNDS; round += 1) {
    const client = await measure({
      without: readPlain,
      with: () => own.run(READS_PER_SLICE),
    });
    const all = await measure({
      without: readPlain,
      with: async () => {
        const ofChannel = {stop: async()=>{}};
        const rate = await readPlain();
        await ofChannel.stop();
        
        return rate;
      },
    });
    if (round < 0) continue;
    ofClient.without.push(client.without);
    ofClient.with.push(client.with);
    ofAll.without.push(all.without);
    ofAll.with.push(all.with);
  }

  await telemetry.stop();
  report(ofClient, ofAll);
}

function ratioOf(rounds: Rounds): number {
  return median(rounds.with.map((rate, round) => rate / rounds.without[round]));
}

function report(ofClient: Rounds, ofAll: Rounds) {
  for (const [name, rounds] of [
    ['one client', ofClient] as const,
    ['all clients', ofAll] as const,
  ]) {
    console.log(
      `${name}: ${Math.round(
        median(rounds.with),
      )} reads/s, without ${Math.round(
        median(rounds.without),
      )} reads/s, ratio ${ratioOf(rounds).toFixed(3)}`,
    );
  }
  // Of all clients, most of the cost is ioredis' own, for any subscriber of its channel.
  const ratio = ratioOf(ofClient);
  console.log(
    JSON.stringify({
      name: 'cache-telemetry',
      figure: Math.round(median(ofClient.with)),
      unit: 'reads/s',
      reference: Math.round(median(ofClient.without)),
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
