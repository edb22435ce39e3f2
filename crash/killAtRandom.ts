import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { isFinalRunState } from '@lakehouse-ops/plugin-runbooks-common';
import { verifyAuditChain } from '@lakehouse-ops/plugin-runbooks-node';
import { Pool } from 'pg';
import { z } from 'zod';
import { LEDGER } from './ledger';
import { Replica } from './Replica';

const RUNS = 200;
const KILLING_MS = 180_000;
const END_MS = 120_000;
/** Between two kills. */
const LIVES_MS = { least: 1_000, most: 5_000 };
/** Fewer would prove little; a slow machine takes long to start a process again. */
const LEAST_KILLS = 5;
const PAUSE_MS = 400;

/** One thing that was looked at. */
export interface Finding {
  readonly what: string;
  readonly ok: boolean;
}

const auditRowSchema = z
  .object({
    sequence: z.coerce.number(),
    at: z.string(),
    actor: z.string(),
    event: z.string(),
    run_id: z.string().nullable(),
    detail: z.string().transform(text => JSON.parse(text)),
    previous_hash: z.string(),
    hash: z.string(),
  })
  .transform(({ run_id, previous_hash, ...entry }) => ({
    ...entry,
    ...(run_id === null ? {} : { runId: run_id }),
    previousHash: previous_hash,
  }));

const effectSchema = z.object({ line: z.string(), count: z.coerce.number() });

/**
 * Two processes share 200 runs whose effects can be counted, and one or the
 * other is killed every few seconds for three minutes.
 */
export async function killAtRandom(options: {
  env: Record<string, string>;
  log: string;
  /** Of the database of the Runbooks plugin. */
  databaseUrl: string;
}): Promise<Finding[]> {
  const pool = new Pool({ connectionString: options.env.CRASH_LEDGER_URL });
  await pool.query(`DROP TABLE IF EXISTS ${LEDGER}`);
  await pool.query(
    `CREATE TABLE ${LEDGER} (line text NOT NULL, at timestamptz NOT NULL)`,
  );
  const replicas = await Promise.all([
    Replica.start(options),
    Replica.start(options),
  ]);
  const alive = () => replicas.filter(one => one.alive);
  const findings: Finding[] = [];
  const tell = (ok: boolean, what: string) => findings.push({ ok, what });
  try {
    const killing = killNowAndThen(replicas, options);
    const lines = await startAll(alive);
    const kills = await killing;
    tell(kills >= LEAST_KILLS, `${kills} times a process was killed`);
    tell(lines.size === RUNS, `${lines.size} of ${RUNS} runs were started`);
    const states = await statesOf([...lines.keys()], alive);
    const effects = await effectsOf(pool);
    findings.push(...compare({ lines, states, effects }));
    findings.push(...(await lookAtChain(options.databaseUrl)));
  } finally {
    await Promise.all(replicas.map(one => one.stop()));
    await pool.query(`DROP TABLE IF EXISTS ${LEDGER}`);
    await pool.end();
  }
  return findings;
}

/** @returns how often */
async function killNowAndThen(
  replicas: Replica[],
  options: { env: Record<string, string>; log: string },
): Promise<number> {
  const stopAt = Date.now() + KILLING_MS;
  let kills = 0;
  while (Date.now() < stopAt) {
    const { least, most } = LIVES_MS;
    await sleep(least + Math.random() * (most - least));
    const index = Math.random() < 0.5 ? 0 : 1;
    await replicas[index].kill();
    kills += 1;
    replicas[index] = await Replica.start(options);
  }
  return kills;
}

/**
 * Starts the runs over the whole time, as people do who try again when a
 * process is gone.
 *
 * @returns the line of each run
 */
async function startAll(alive: () => Replica[]): Promise<Map<string, string>> {
  const lines = new Map<string, string>();
  const each = KILLING_MS / RUNS;
  for (let n = 0; n < RUNS; n += 1) {
    const idempotencyKey = randomUUID();
    const began = Date.now();
    const line = `line-${n}`;
    lines.set(await startOne(alive, line, idempotencyKey), line);
    await sleep(Math.max(0, each - (Date.now() - began)));
  }
  return lines;
}

/** How often each line was written. */
async function effectsOf(pool: Pool): Promise<Map<string, number>> {
  const { rows } = await pool.query(
    `SELECT line, count(*) AS count FROM ${LEDGER} GROUP BY line`,
  );
  return new Map(
    rows.map(row => {
      const { line, count } = effectSchema.parse(row);
      return [line, count];
    }),
  );
}

/**
 * What may not be repeated is either done once and told as done, or was not
 * done and is told as failed: a process died before it acted.
 */
function compare(options: {
  lines: ReadonlyMap<string, string>;
  states: ReadonlyMap<string, string>;
  effects: ReadonlyMap<string, number>;
}): Finding[] {
  const { lines, states, effects } = options;
  const tally = new Map<string, number>();
  const wrong: string[] = [];
  for (const [id, line] of lines) {
    const state = states.get(id) ?? 'missing';
    const count = effects.get(line) ?? 0;
    tally.set(state, (tally.get(state) ?? 0) + 1);
    const agrees =
      (state === 'succeeded' && count === 1) ||
      (state === 'failed' && count === 0);
    if (!agrees) wrong.push(`run ${id} is ${state}, ${count} effects`);
  }
  const told = [...tally].map(([state, count]) => `${count} ${state}`);
  const twice = [...effects.values()].filter(count => count > 1).length;
  return [
    {
      ok: wrong.length === 0,
      what: `each run says what became of it: ${[
        ...told,
        ...wrong.slice(0, 5),
      ].join(', ')}`,
    },
    { ok: twice === 0, what: `${twice} effects were doubled` },
    {
      ok: (tally.get('succeeded') ?? 0) >= RUNS * 0.9,
      what: `${tally.get('succeeded') ?? 0} of ${RUNS} were done all the same`,
    },
  ];
}

async function startOne(
  alive: () => Replica[],
  line: string,
  idempotencyKey: string,
): Promise<string> {
  for (let attempt = 0; ; attempt += 1) {
    const [replica] = alive().sort(() => Math.random() - 0.5);
    try {
      const preview = await replica.client.createPreview({
        runbookId: 'ledger:write-line',
        parameters: { line, pauseMs: PAUSE_MS },
      });
      const request = {
        previewId: preview.id,
        previewHash: preview.hash,
        idempotencyKey,
      };
      try {
        return (await replica.client.startRun(request)).id;
      } catch {
        // The answer was lost: the same request again is the same run.
        const [other] = alive().filter(one => one !== replica);
        return (await (other ?? replica).client.startRun(request)).id;
      }
    } catch (error) {
      if (attempt >= 60) throw error;
      await sleep(500);
    }
  }
}

async function statesOf(
  ids: readonly string[],
  alive: () => Replica[],
): Promise<Map<string, string>> {
  const giveUpAt = Date.now() + END_MS;
  const states = new Map<string, string>();
  for (const id of ids) {
    let { state } = await alive()[0].client.getRun(id);
    while (!isFinalRunState(state) && Date.now() < giveUpAt) {
      await sleep(300);
      ({ state } = await alive()[0].client.getRun(id));
    }
    states.set(id, state);
  }
  return states;
}

async function lookAtChain(databaseUrl: string): Promise<Finding[]> {
  const pool = new Pool({ connectionString: databaseUrl });
  const read = async () => {
    const { rows } = await pool.query(
      'SELECT sequence, at, actor, event, run_id, detail, previous_hash, hash FROM runbook_audit ORDER BY sequence',
    );
    return rows.map(row => auditRowSchema.parse(row));
  };
  try {
    const entries = await read();
    const whole = verifyAuditChain(entries);
    const middle = entries[Math.floor(entries.length / 2)];
    await pool.query(
      `UPDATE runbook_audit SET actor = 'user:default/somebody-else' WHERE sequence = $1`,
      [middle.sequence],
    );
    const tampered = verifyAuditChain(await read());
    return [
      {
        ok: whole.intact && entries.length > RUNS * 4,
        what: `the audit chain of ${entries.length} entries is whole`,
      },
      {
        ok: !tampered.intact && tampered.sequence === middle.sequence,
        what: `a row that was changed is found: ${middle.sequence}`,
      },
    ];
  } finally {
    await pool.end();
  }
}
