import { runStatement } from './statement.mjs';
import { SEEDS } from './tables.mjs';

/** How the comment of a complete demo table begins: a table without it was interrupted and is made anew. */
const COMMENT_PREFIX = 'Demo table: ';

/**
 * Makes the demo tables that are not there. Tables are filled side by side, the statements
 * of one table one after another, since writers of one table get in each other's way.
 *
 * @param {{ settings: object, progress: (service: string, message: string) => void, reset?: boolean, tables?: string[] }} options
 *   `reset` drops and makes anew; `tables` limits it to some
 */
export async function seed({ settings, progress, reset = false, tables }) {
  const url = `http://127.0.0.1:${settings.ports.trinoHttp}`;
  const run = (sql, session) => runStatement({ url, sql, session });
  const seeds = chooseSeeds({ tables, services: settings.services });
  const schemas = new Set(
    seeds.map(({ catalog, schema }) => `${catalog}.${schema}`),
  );
  for (const schema of schemas) {
    await run(`CREATE SCHEMA IF NOT EXISTS ${schema}`);
  }
  const results = await Promise.allSettled(
    seeds.map(each => seedTable({ seed: each, run, reset, progress })),
  );
  const failures = results.filter(({ status }) => status === 'rejected');
  if (failures.length > 0) {
    throw new Error(
      `The servers run, but ${failures.length} of ${
        seeds.length
      } demo tables could not be made:\n${failures
        .map(({ reason }) => reason.message)
        .join('\n')}`,
    );
  }
}

function chooseSeeds({ tables, services }) {
  const unknown = (tables ?? []).filter(
    name => !SEEDS.some(({ table }) => table === name),
  );
  if (unknown.length > 0) {
    throw new Error(
      `There is no demo table ${unknown.join(', ')}; there are ${SEEDS.map(
        ({ table }) => table,
      ).join(', ')}.`,
    );
  }
  return SEEDS.filter(
    ({ catalog, table }) =>
      (tables === undefined || tables.includes(table)) &&
      (catalog !== 'icerest' || services.includes('iceberg-rest')),
  );
}

async function seedTable({ seed: each, run, reset, progress }) {
  const label = `${each.catalog}.${each.schema}.${each.table}`;
  const note = message => progress('seed', `${label}: ${message}`);
  const state = await readState({ seed: each, run });
  if (state === 'complete' && (!reset || each.isPermanent)) {
    return;
  }
  try {
    await makeTable({ seed: each, run, note, isThere: state !== 'absent' });
  } catch (error) {
    // Trino's file metastore sometimes takes a table that it has just created for another's.
    note(`once more after: ${error.message}`);
    const isThere = (await readState({ seed: each, run })) !== 'absent';
    await makeTable({ seed: each, run, note, isThere });
  }
}

async function makeTable({ seed: each, run, note, isThere }) {
  const startedAtMs = performance.now();
  const name = [each.catalog, each.schema, each.table]
    .map(quoteIdentifier)
    .join('.');
  const comment = quoteText(COMMENT_PREFIX + each.summary);
  if (isThere) {
    await run(`DROP TABLE ${name}`);
  }
  await each.fill({ name, run, note, comment });
  if (!each.isOneStatement) {
    await run(`COMMENT ON TABLE ${name} IS ${comment}`);
  }
  const seconds = ((performance.now() - startedAtMs) / 1000).toFixed(1);
  note(`made in ${seconds} s: ${each.summary}`);
}

async function readState({ seed: each, run }) {
  const { catalog, schema, table, isOneStatement } = each;
  const found = await run(
    `SELECT table_name FROM ${catalog}.information_schema.tables WHERE table_schema = ${quoteText(
      schema,
    )} AND table_name = ${quoteText(table)}`,
  );
  if (found.length === 0) {
    return 'absent';
  }
  if (isOneStatement) {
    return 'complete';
  }
  const [[comment] = []] = await run(
    `SELECT comment FROM system.metadata.table_comments WHERE catalog_name = ${quoteText(
      catalog,
    )} AND schema_name = ${quoteText(schema)} AND table_name = ${quoteText(
      table,
    )}`,
  );
  return comment?.startsWith(COMMENT_PREFIX) ? 'complete' : 'interrupted';
}

/** An SQL identifier in double quotes. */
export function quoteIdentifier(name) {
  return `"${name.replaceAll('"', '""')}"`;
}

/** An SQL text literal. */
export function quoteText(text) {
  return `'${text.replaceAll("'", "''")}'`;
}
