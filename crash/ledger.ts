import { setTimeout as sleep } from 'node:timers/promises';
import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import {
  createRunbookAction,
  runbookActionsExtensionPoint,
} from '@lakehouse-ops/plugin-runbooks-node';
import { Pool } from 'pg';
import { z } from 'zod';

/** Where the effects of the ledger's action are counted. */
export const LEDGER = 'crash_ledger';

function createLedgerAction(pool: Pool) {
  const count = async (line: string): Promise<number> => {
    const { rows } = await pool.query(
      `SELECT count(*)::int AS count FROM ${LEDGER} WHERE line = $1`,
      [line],
    );
    return z.object({ count: z.number() }).parse(rows[0]).count;
  };
  return createRunbookAction({
    id: 'ledger:write-line',
    title: 'Write a line',
    description: 'Writes one line to a ledger: done twice, it is there twice.',
    verb: 'Write line',
    risk: 'low',
    attributes: { readOnly: false, destructive: false, idempotent: false },
    schema: {
      input: z.object({ line: z.string(), pauseMs: z.number().int() }),
      output: z.object({ lines: z.number() }),
    },
    timeout: { minutes: 1 },
    target: ({ line }) => ({
      system: 'ledger',
      connection: 'ledger',
      kind: 'line',
      name: line,
    }),
    lockKeys: ({ line }) => [`ledger/${line}`],
    preflight: async () => ({ allowed: true }),
    preview: async ({ input }) => ({
      content: {
        summary: `Writes ${input.line}.`,
        changes: [],
        untouched: [],
        warnings: [],
      },
      fingerprint: {},
    }),
    async execute({ input, log }) {
      await sleep(input.pauseMs);
      await pool.query(`INSERT INTO ${LEDGER} (line, at) VALUES ($1, now())`, [
        input.line,
      ]);
      log.info('Written');
      await sleep(input.pauseMs);
      return { lines: await count(input.line) };
    },
    async verify({ input }) {
      const lines = await count(input.line);
      return {
        outcome: lines === 1 ? 'verified' : 'not-verified',
        summary: `The line is there ${lines} times.`,
        metrics: [],
      };
    },
    async reconcile({ input }) {
      const lines = await count(input.line);
      return lines > 0
        ? { state: 'done', output: { lines } }
        : { state: 'not-done', reason: 'The line is not there.' };
    },
  });
}

/** Adds an action whose every effect can be counted. */
export const ledgerModule = createBackendModule({
  pluginId: 'runbooks',
  moduleId: 'ledger',
  register(env) {
    env.registerInit({
      deps: {
        actions: runbookActionsExtensionPoint,
        lifecycle: coreServices.lifecycle,
      },
      async init({ actions, lifecycle }) {
        const connectionString = process.env.CRASH_LEDGER_URL;
        if (!connectionString) return;
        const pool = new Pool({ connectionString, max: 10 });
        // A server that goes away is told by the next query.
        pool.on('error', error => console.error(error.message));
        lifecycle.addShutdownHook(() => pool.end());
        actions.addActions(createLedgerAction(pool));
      },
    });
  },
});
