// Does what the README tells a new user to do, and looks whether what it promises comes true:
// npm start shows living data; a second start is quick and keeps history; Ctrl-C stops everything.
import { spawn } from 'node:child_process';
import { createServer } from 'node:net';

const PORTS = {
  PORT: '23000',
  BACKEND_PORT: '23007',
  BACKEND_METRICS_PORT: '23464',
  SANDBOX_PORT: '23480',
  SANDBOX_REDIS_PORT: '23479',
  SANDBOX_REDIS_CLUSTER_PORT: '23471',
  SANDBOX_SUPERSET_PORT: '23488',
  SANDBOX_PROMETHEUS_PORT: '23490',
  SANDBOX_KUBERNETES_PORT: '23446',
  SANDBOX_GATEWAY_PORT: '23484',
  PERSONAL_API_PORT: '23500',
  PERSONAL_API_ADMIN_PORT: '23501',
};
const SYSTEMS = [
  'kubernetes',
  'prometheus',
  'redis',
  'superset',
  'trino',
  'trino-gateway',
];
const FIRST_START_MS = 20 * 60_000;
const SECOND_START_MS = 4 * 60_000;
let passed = 0;
let failed = 0;

function tell(ok, what) {
  console.log(`${ok ? '✓' : '✗'} ${what}`);
  if (ok) passed += 1;
  else failed += 1;
}

async function until(what, timeoutMs, look) {
  const end = Date.now() + timeoutMs;
  let last;
  while (Date.now() < end) {
    try {
      const found = await look();
      if (found) return found;
    } catch (error) {
      last = error;
    }
    await new Promise(resolve => setTimeout(resolve, 500));
  }
  throw new Error(
    `${what}: not within ${timeoutMs / 1000} s${
      last ? ` (${last.message})` : ''
    }`,
  );
}

function start() {
  const child = spawn('npm', ['start'], {
    env: { ...process.env, ...PORTS },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', chunk => {
      output += chunk;
      process.stdout.write(chunk);
    });
  }
  const ended = new Promise(resolve => child.once('close', resolve));
  let over = false;
  ended.then(() => {
    over = true;
  });
  return {
    ended,
    output: () => output,
    ready: timeoutMs =>
      until('ready', timeoutMs, () => {
        if (over) throw new Error('npm start ended by itself');
        return /✓ Ready in/.test(output);
      }),
    // What a terminal does on Ctrl-C: the signal goes to the whole foreground group.
    interrupt: () => process.kill(-child.pid, 'SIGINT'),
  };
}

const backend = `http://localhost:${PORTS.BACKEND_PORT}`;

async function get(path, headers = {}) {
  const response = await fetch(`${backend}${path}`, {
    headers,
    signal: AbortSignal.timeout(10_000),
  });
  if (!response.ok)
    throw new Error(`${path}: ${response.status} ${await response.text()}`);
  return response.json();
}

async function signIn(person = 'olivia') {
  const session = await get('/api/auth/demo/refresh', {
    'x-demo-person': person,
    'x-requested-with': 'XMLHttpRequest',
  });
  return { authorization: `Bearer ${session.backstageIdentity.token}` };
}

function isFree(port) {
  return new Promise(resolve => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () =>
      server.close(() => resolve(true)),
    );
  });
}

async function stop(app, label) {
  app.interrupt();
  await Promise.race([
    app.ended,
    new Promise((_, reject) =>
      setTimeout(() => reject(new Error('does not stop')), 30_000),
    ),
  ]);
  const taken = [];
  for (const [name, port] of Object.entries(PORTS)) {
    if (!(await isFree(Number(port)))) taken.push(`${name} ${port}`);
  }
  tell(
    taken.length === 0,
    `${label}: Ctrl-C stopped everything, the ports are free again ${taken.join(
      ', ',
    )}`.trim(),
  );
}

let running;
try {
  const first = start();
  running = first;
  await first.ready(FIRST_START_MS);
  tell(true, 'npm start became ready');
  const page = await fetch(`http://localhost:${PORTS.PORT}/`);
  tell(page.ok && (await page.text()).includes('id="root"'), 'the app answers');

  const auth = await signIn();
  const entities = await until('the example catalog', 60_000, async () => {
    const { items } = await get(
      '/api/catalog/entities/by-query?filter=kind=resource&limit=50',
      auth,
    );
    return (
      items.some(one => one.metadata.name === 'analytics-cluster') && items
    );
  });
  tell(entities.length >= 5, `the catalog has ${entities.length} resources`);
  const suggested = await until(
    "the owners' runbook on their service",
    60_000,
    async () => {
      const { items } = await get(
        '/api/runbooks/suggestions?entityRef=component:default/personal-api',
        await signIn('alice'),
      );
      return items.find(one => one.runbook.id === 'personal-api-late-load');
    },
  );
  tell(true, `suggested to Alice: ${suggested.runbook.title}`);
  const problems = (await get('/api/runbooks/runbook-problems', auth)).items;
  tell(problems.length === 0, `${problems.length} problems of runbook files`);
  const cluster = await until('a cluster sample', 60_000, async () => {
    const view = await get('/api/lakehouse/trino/analytics/cluster', auth);
    return view.latest?.memory && view;
  });
  tell(cluster.latest.memory.totalBytes > 0, 'the cluster shows its memory');
  const connected = await until('connections', 60_000, async () => {
    const { items } = await get('/api/lakehouse/connections', auth);
    const seen = items.filter(({ status }) =>
      ['connected', 'degraded'].includes(status),
    );
    return seen.length === items.length && items.length > 0 && items;
  });
  const systems = [...new Set(connected.map(({ system }) => system))].sort();
  tell(systems.join() === SYSTEMS.join(), `connected to ${systems.join(', ')}`);
  const used = await until(
    'what the example service tells',
    90_000,
    async () => {
      const { prefixes } = await get('/api/lakehouse/redis/cache', auth);
      return prefixes.find(
        ({ prefix, use }) => prefix.startsWith('personal-api') && use?.hits > 0,
      );
    },
  );
  tell(used.use.windowSeconds > 0, `hits of ${used.prefix} are counted`);
  for (const [what, path, has] of [
    ['dashboards', 'superset/bi', view => view.dashboards.length],
    ['alerts', 'superset/bi', view => view.alerts.length],
    ['workloads', 'kubernetes/prod/workloads', view => view.workloads.length],
    ['gateway backends', 'trino-gateway/gateway', view => view.backends.length],
    ['scrape targets', 'prometheus/prometheus', view => view.targets.length],
  ]) {
    const count = await until(what, 90_000, async () =>
      has(await get(`/api/lakehouse/${path}`, auth)),
    );
    tell(count > 0, `${count} ${what}`);
  }
  // The first round judges before the first minute has been counted: an SLO is
  // then judged without data. What is waited for is a round that has some.
  let slos = [];
  const attained = await until('SLOs that were judged', 240_000, async () => {
    slos = (await get('/api/lakehouse/slos', auth)).items;
    const known = slos.filter(({ attainment }) => attainment !== undefined);
    return slos.every(({ evaluatedAt }) => evaluatedAt) && known.length > 0
      ? known
      : undefined;
  });
  tell(
    attained.length > 0,
    `${slos.length} SLOs are judged, of ${attained.length} it is known what was attained`,
  );
  const metrics = await until('own metrics', 60_000, async () => {
    const answer = await fetch(
      `http://127.0.0.1:${PORTS.BACKEND_METRICS_PORT}/metrics`,
    );
    const text = await answer.text();
    return text.includes('lakehouse_') && text;
  });
  tell(
    /^lakehouse_\w+\{.*\} [1-9]/m.test(metrics),
    "the plugin's own figures stand at /metrics",
  );
  const before = await until('queries', 60_000, async () => {
    const list = await get('/api/lakehouse/trino/analytics/queries', auth);
    return list.total > 0 && list;
  });
  await until('a newer query', 60_000, async () => {
    const list = await get('/api/lakehouse/trino/analytics/queries', auth);
    return list.items[0].createdAt > before.items[0].createdAt;
  });
  tell(true, 'queries are shown, and new ones appear');
  const tables = await until('inspected tables', 90_000, async () => {
    const list = await get('/api/lakehouse/tables?connection=analytics', auth);
    return (
      list.items.some(one => one.score !== undefined && one.score < 80) && list
    );
  });
  tell(
    true,
    `${tables.total} tables are scored, worst ${tables.items[0].score}`,
  );
  const oldest = before.items[before.items.length - 1];
  await stop(first, 'first run');

  const again = Date.now();
  const second = start();
  running = second;
  await second.ready(SECOND_START_MS);
  tell(
    !/Installing|Updating/.test(second.output()),
    `a second start skipped what is done, and was ready in ${Math.round(
      (Date.now() - again) / 1000,
    )} s`,
  );
  const kept = await get(
    `/api/lakehouse/trino/analytics/queries/by-id/${oldest.queryId}`,
    await signIn(),
  );
  tell(
    kept.queryId === oldest.queryId,
    'history from before the restart is still there',
  );
  await stop(second, 'second run');
} catch (error) {
  tell(false, error.message);
  running?.interrupt();
  await running?.ended;
}
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed > 0 ? 1 : 0);
