import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from 'pg';
import { POINTS } from './faults';
import { findUntried, killAtPoints, type Matrix } from './killAtPoints';
import { killAtRandom } from './killAtRandom';
import { Systems } from './Systems';

const SIGNS: Record<string, string> = {
  succeeded: 'done',
  failed: 'failed',
  'outcome-unknown': 'unknown',
};

function printMatrix(matrix: Matrix): void {
  const width = Math.max(...[...matrix.keys()].map(id => id.length));
  const line = (cells: readonly string[]) =>
    console.log(
      cells.map((cell, n) => cell.padEnd(n ? 15 : width + 2)).join(''),
    );
  line(['', ...POINTS]);
  for (const [actionId, row] of [...matrix].sort()) {
    line([
      actionId,
      ...POINTS.map(point => {
        const verdict = row.get(point);
        if (!verdict) return '-';
        const sign = SIGNS[verdict.state] ?? verdict.state;
        return verdict.wrong ? `✗ ${sign}` : `✓ ${sign}`;
      }),
    ]);
  }
}

async function main(): Promise<boolean> {
  const { env } = process;
  const prefix = `crash_${process.pid}_`;
  const logs = join(__dirname, '..', '.data', 'crash');
  mkdirSync(logs, { recursive: true });
  const server = new URL(
    `postgresql://${env.STACK_POSTGRES_HOST}:${env.STACK_POSTGRES_PORT}/postgres`,
  );
  server.username = env.STACK_POSTGRES_USER ?? '';
  server.password = env.STACK_POSTGRES_PASSWORD ?? '';
  const database = new URL(server);
  database.pathname = `/${prefix}runbooks`;
  const ledger = new URL(server);
  ledger.pathname = `/${prefix}ledger`;
  await onServer(server, client =>
    client.query(`CREATE DATABASE "${prefix}ledger"`),
  );
  const systems = await Systems.open(env);
  const shared = {
    ...systems.env,
    CRASH_DATABASE_PREFIX: prefix,
    CRASH_LEDGER_URL: ledger.toString(),
  };
  let passed = 0;
  let failed = 0;
  try {
    const asked = process.argv.slice(2);
    const untried = await findUntried({
      cases: systems.cases,
      env: shared,
      log: join(logs, 'points.log'),
    });
    if (untried.length > 0) {
      failed += 1;
      console.log(`✗ no case tries ${untried.join(', ')}`);
    }
    const matrix = await killAtPoints({
      cases: systems.cases.filter(
        ({ actionId }) => asked.length === 0 || asked.includes(actionId),
      ),
      env: shared,
      log: join(logs, 'points.log'),
    });
    printMatrix(matrix);
    for (const row of matrix.values()) {
      for (const { wrong } of row.values()) {
        if (wrong) failed += 1;
        else passed += 1;
      }
    }
    const findings = await killAtRandom({
      env: shared,
      log: join(logs, 'random.log'),
      databaseUrl: database.toString(),
    });
    for (const { ok, what } of findings) {
      console.log(`${ok ? '✓' : '✗'} ${what}`);
      if (ok) passed += 1;
      else failed += 1;
    }
  } finally {
    await systems.close();
    await dropDatabases(server, prefix);
  }
  console.log(`${passed} passed, ${failed} failed`);
  return failed === 0 && passed > 0;
}

async function dropDatabases(server: URL, prefix: string): Promise<void> {
  await onServer(server, async client => {
    const { rows } = await client.query(
      'SELECT datname FROM pg_database WHERE starts_with(datname, $1)',
      [prefix],
    );
    for (const { datname } of rows) {
      await client.query(`DROP DATABASE "${datname}" WITH (FORCE)`);
    }
  });
}

async function onServer(
  server: URL,
  work: (client: Client) => Promise<unknown>,
): Promise<void> {
  const client = new Client({ connectionString: server.toString() });
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}

main().then(
  good => process.exit(good ? 0 : 1),
  error => {
    console.error(error);
    process.exit(1);
  },
);
