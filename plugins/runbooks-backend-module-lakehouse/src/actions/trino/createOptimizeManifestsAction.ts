import { ConflictError } from '@backstage/errors';
import { formatTableName } from '@lakehouse-ops/plugin-lakehouse-common';
import { createRunbookAction } from '@lakehouse-ops/plugin-runbooks-node';
import { z } from 'zod';
import { formatBytes } from '../shared/formatBytes';
import { quoteTable } from '@lakehouse-ops/plugin-lakehouse-node';
import type { TrinoActionOptions } from './actionContext';
import { IcebergHistory } from './IcebergHistory';
import { readManifests } from './readManifests';
import { reconcileStatement } from './reconcileStatement';
import { requireIceberg } from './requireIceberg';
import { findRunQueryId } from './runTrackedStatement';
import { statementOutput, tableHooks } from './tableHooks';
import { tableShape } from './tableInput';
import { verifyManifests } from './verifyManifests';

const TIMEOUT = { minutes: 30 };
/** The first Trino that has the procedure. */
const SINCE_VERSION = 470;

const inputSchema = z.object(tableShape);
const fingerprintSchema = z.object({ snapshotId: z.string() });
const memorySchema = z.object({
  manifestsBefore: z.number().optional(),
  bytesBefore: z.number().optional(),
});

/** Rewrites the lists of a table's files, grouped by partition. */
export function createOptimizeManifestsAction(options: TrinoActionOptions) {
  const table = tableHooks(options);
  return createRunbookAction({
    id: 'trino:optimize-manifests',
    title: 'Rewrite manifests',
    description:
      'Groups the lists of an Iceberg table’s files by partition, so that queries plan faster and read fewer of them.',
    verb: 'Rewrite manifests',
    risk: 'low',
    attributes: { readOnly: false, destructive: false, idempotent: true },
    schema: { input: inputSchema, output: statementOutput },
    timeout: TIMEOUT,
    ...table.definition,

    async preview({ input, signal }) {
      const { connection, format, history } = await table.open(input);
      requireIceberg(input, { format, what: 'manifests' });
      const { version } = await connection.capabilities();
      if (Number.parseInt(version, 10) < SINCE_VERSION) {
        throw new ConflictError(
          `Trino ${input.connection} is version ${version}, and rewrites manifests only from ${SINCE_VERSION} on. Compact the table instead, or update Trino.`,
        );
      }
      const current = await history.current(signal);
      const { manifests, sizeBytes } = await readManifests(
        connection,
        input,
        signal,
      );
      const size =
        sizeBytes === undefined ? '' : ` (${formatBytes(sizeBytes)})`;
      return {
        content: {
          summary: `Rewrites the ${
            manifests ?? 'unknown number of'
          } manifests of ${formatTableName(
            input,
          )}${size}, grouped by partition.`,
          changes: [
            { label: 'Manifests', before: manifests, unit: 'files' },
            { label: 'Data files', before: current.dataFiles, unit: 'files' },
          ],
          untouched: [
            'Data files and rows: only the lists of them are written anew.',
            'Older snapshots, with the manifests that they have.',
          ],
          warnings: [
            'There may be more manifests afterwards than before: one for each group of partitions is what makes planning fast.',
          ],
        },
        fingerprint: { snapshotId: current.id },
      };
    },

    async execute(context) {
      const { input, signal, remember } = context;
      const { connection } = await table.open(input);
      const { manifests, sizeBytes } = await readManifests(
        connection,
        input,
        signal,
      );
      await remember({
        ...(manifests === undefined ? {} : { manifestsBefore: manifests }),
        ...(sizeBytes === undefined ? {} : { bytesBefore: sizeBytes }),
      });
      return table.run(context, {
        connection,
        sql: `ALTER TABLE ${quoteTable(input)} EXECUTE optimize_manifests`,
        timeout: TIMEOUT,
      });
    },

    async verify({ input, signal, memory, fingerprint }) {
      const { connection } = await table.open(input);
      const { manifestsBefore, bytesBefore } = memorySchema.parse(memory);
      const { snapshotId } = fingerprintSchema.parse(fingerprint);
      const history = new IcebergHistory(connection, input);
      return verifyManifests({
        before: { manifests: manifestsBefore, sizeBytes: bytesBefore },
        after: await readManifests(connection, input, signal),
        commit: await history.manifestRewriteOf(snapshotId, signal),
        parent: await history.version(snapshotId, signal),
      });
    },

    async reconcile(context) {
      const { input, signal } = context;
      const { connection } = await table.open(input);
      const told = await reconcileStatement(context, { connection });
      if (told.state === 'in-progress') return told;
      table.changed(input);
      if (told.state === 'done') return told;
      const { snapshotId } = fingerprintSchema.parse(context.fingerprint);
      const commit = await new IcebergHistory(
        connection,
        input,
      ).manifestRewriteOf(snapshotId, signal);
      const queryId = await findRunQueryId(context, connection);
      if (commit && queryId !== undefined) {
        return { state: 'done', output: { trinoQueryId: queryId } };
      }
      return {
        state: 'not-done',
        reason: `${told.reason} Manifests can be rewritten again without harm.`,
      };
    },
  });
}
