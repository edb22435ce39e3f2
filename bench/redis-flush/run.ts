import { spawn } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { asTheActionDoes } from './asTheActionDoes';
import { BenchRedis } from './BenchRedis';
import { Probe, type ProbeResult } from './Probe';

const KEYS = { flush: 1_000_000, keep: 2_000_000 };
const ROUNDS = 3;
const SETTLE_MS = 1_000;
const GOAL = 2;
/** How much worse than with the reference a concurrent client's p99 may be. */
const P99_GOAL = 1.5;

interface Round {
  readonly seconds: number;
  readonly felt: ProbeResult;
}

/**
 * Flushes 1,000,000 of 3,000,000 keys as the action does, and with
 * `redis-cli --scan | xargs redis-cli unlink` in the same run, while another
 * process reads and writes. Rounds alternate; the medians are compared.
 */
async function main() {
  const redis = await BenchRedis.start();
  const probe = await Probe.start(redis.port);
  try {
    const ours: Round[] = [];
    const reference: Round[] = [];
    for (let round = 1; round <= ROUNDS; round++) {
      reference.push(await measure({ redis, probe, flush: withRedisCli }));
      ours.push(
        await measure({
          redis,
          probe,
          flush: ({ port }) =>
            asTheActionDoes({ port, match: 'tgt:*', keys: KEYS.flush }),
        }),
      );
      console.log(
        `round ${round}: ours ${told(ours)}; redis-cli ${told(reference)}`,
      );
    }
    report(ours, reference);
  } finally {
    await probe.stop();
    await redis.stop();
  }
}

async function measure(options: {
  redis: BenchRedis;
  probe: Probe;
  flush: (redis: BenchRedis) => Promise<void>;
}): Promise<Round> {
  const { redis, probe, flush } = options;
  await redis.fill(KEYS);
  // What the probe felt while the keys were made is not of the flush.
  await sleep(SETTLE_MS);
  let seconds = 0;
  const felt = await probe.during(async () => {
    const from = performance.now();
    await flush(redis);
    seconds = (performance.now() - from) / 1000;
  });
  await redis.verify(KEYS);
  return { seconds, felt };
}

function withRedisCli({ port }: BenchRedis): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(
      'sh',
      [
        '-c',
        `redis-cli -p ${port} --scan --pattern 'tgt:*' | xargs -n 1000 redis-cli -p ${port} unlink > /dev/null`,
      ],
      { stdio: ['ignore', 'ignore', 'inherit'] },
    );
    child.once('error', reject);
    child.once('exit', code =>
      code === 0
        ? resolve()
        : reject(new Error(`redis-cli ended with exit code ${code}.`)),
    );
  });
}

function report(ours: readonly Round[], reference: readonly Round[]) {
  const figure = median(ours.map(({ seconds }) => seconds));
  const took = median(reference.map(({ seconds }) => seconds));
  const p99 = median(ours.map(({ felt }) => felt.p99Ms));
  const referenceP99 = median(reference.map(({ felt }) => felt.p99Ms));
  const ratio = took / figure;
  const p99Ratio = p99 / referenceP99;
  console.log(
    `a concurrent client's p99: ${p99.toFixed(
      3,
    )} ms with ours, ${referenceP99.toFixed(
      3,
    )} ms with redis-cli: ${p99Ratio.toFixed(
      2,
    )} times (goal at most ${P99_GOAL})`,
  );
  console.log(
    JSON.stringify({
      name: 'redis-flush',
      figure: rounded(figure),
      unit: 's',
      reference: rounded(took),
      ratio: rounded(ratio),
      goal: GOAL,
      p99Ratio: rounded(p99Ratio),
      p99Goal: P99_GOAL,
      met: ratio >= GOAL && p99Ratio <= P99_GOAL,
    }),
  );
}

function told(rounds: readonly Round[]): string {
  const { seconds, felt } = rounds[rounds.length - 1];
  return `${seconds.toFixed(1)} s (p50 ${felt.p50Ms.toFixed(
    3,
  )}, p99 ${felt.p99Ms.toFixed(3)}, max ${felt.maxMs.toFixed(1)} ms)`;
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
