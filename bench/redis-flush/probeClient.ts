// A client of its own process that reads and writes without pause until it is told to stop, and tells what it felt.
import Redis from 'ioredis';

const WARM_UP = 2_000;
const KEYS = 1_000;

async function main() {
  const client = new Redis(Number(process.env.PROBE_PORT), '127.0.0.1');
  let stopped = false;
  let measuring = false;
  let latenciesUs: number[] = [];
  process.on('message', message => {
    if (message === 'begin') {
      latenciesUs = [];
      measuring = true;
    }
    if (message === 'end') {
      measuring = false;
      latenciesUs.sort((a, b) => a - b);
      const at = (share: number) =>
        latenciesUs[Math.floor(latenciesUs.length * share)] / 1000;
      process.send?.({
        type: 'felt',
        requests: latenciesUs.length,
        p50Ms: at(0.5),
        p99Ms: at(0.99),
        maxMs: at(0.999_999),
      });
    }
    if (message === 'stop') stopped = true;
  });
  for (let n = 0; !stopped; n += 1) {
    const key = `probe:${n % KEYS}`;
    const from = performance.now();
    if (n % 4) await client.get(key);
    else await client.set(key, 'x');
    if (measuring) latenciesUs.push((performance.now() - from) * 1000);
    if (n === WARM_UP) process.send?.({ type: 'ready' });
  }
  client.disconnect();
  process.disconnect();
}

main().catch(error => {
  console.error(error);
  process.exitCode = 1;
});
