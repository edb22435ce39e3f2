import { ConflictError } from '@backstage/errors';
import type { SupersetConnection } from '@lakehouse-ops/plugin-lakehouse-node';
import { createRunbookAction } from '@lakehouse-ops/plugin-runbooks-node';
import { z } from 'zod';
import { preflightSystem } from '../shared/preflightSystem';
import {
  connectionParameter,
  idParameter,
  SUPERSET_SYSTEM,
  type SupersetActionOptions,
} from './actionContext';
import { findExecution, newestRowId } from './alertExecution';
import { EVERY_MINUTE, withSchedule } from './alertSchedule';
import { previewAlertRun } from './previewAlertRun';
import { verifyAlertRun } from './verifyAlertRun';
import { waitForExecution } from './waitForExecution';

const DEFAULT_POLL_MS = 2000;

const outputSchema = z.object({
  state: z.string(),
  executionId: z.string().optional(),
  value: z.number().optional(),
  error: z.string().optional(),
});
const memorySchema = z.object({
  afterRow: z.number().optional(),
  executionId: z.string().optional(),
  /** The schedule to set back. */
  crontab: z.string().optional(),
  restored: z.boolean().optional(),
});

/** Runs an alert or report without waiting for its schedule. */
export function createRunAlertNowAction({
  connections,
  connectionChanged,
  pollMs = DEFAULT_POLL_MS,
}: SupersetActionOptions) {
  /** How it can be run there. */
  async function modeOf(connection: SupersetConnection) {
    const { capabilities } = await connection.capabilities();
    return capabilities.some(
      one => one.id === 'alerts.execute' && one.available,
    )
      ? ('at once' as const)
      : ('by schedule' as const);
  }

  return createRunbookAction({
    id: 'superset:run-alert-now',
    title: 'Run alert now',
    description:
      'Has Superset evaluate an alert, or send a report, without waiting for its schedule, and tells what came of it.',
    verb: 'Run alert',
    risk: 'medium',
    attributes: { readOnly: false, destructive: false, idempotent: false },
    schema: {
      input: z.object({
        connection: connectionParameter,
        alertId: idParameter('Alert', 'Number of the alert or report'),
        allowScheduleChange: z.boolean().default(false).meta({
          title: 'By its schedule where needed',
          description:
            'Superset up to 6.1 has no call that runs an alert. Then its schedule is set to every minute until it has run, and back.',
        }),
      }),
      output: outputSchema,
    },
    timeout: { minutes: 10 },
    target: ({ connection, alertId }) => ({
      system: SUPERSET_SYSTEM,
      connection,
      kind: 'alert',
      name: alertId,
    }),
    lockKeys: ({ connection, alertId }) => [
      `superset/${connection}/alert/${alertId}`,
    ],
    preflight: ({ target }) =>
      preflightSystem({
        system: 'Superset',
        connections,
        target,
        capabilities: ['alerts.read', 'alerts.write'],
      }),

    async preview({ input, signal }) {
      const connection = connections.get(input.connection);
      const [alert, mode] = await Promise.all([
        connection.alert(input.alertId, { signal }),
        modeOf(connection),
      ]);
      if (mode === 'by schedule') {
        if (!input.allowScheduleChange && alert.crontab !== EVERY_MINUTE) {
          throw new ConflictError(
            `Superset ${input.connection} has no call that runs an alert at once. Allow its schedule (${alert.crontab}) to be changed for a minute or two, or run it in Superset.`,
          );
        }
        if (!alert.active) {
          throw new ConflictError(
            `'${alert.name}' is switched off, so that its schedule does not run it. Switch it on in Superset first.`,
          );
        }
      }
      return {
        content: previewAlertRun(alert, mode),
        fingerprint: {
          name: alert.name,
          crontab: alert.crontab ?? '',
          active: alert.active,
          mode,
        },
      };
    },

    async execute(context) {
      const { input, signal, log, remember } = context;
      const connection = connections.get(input.connection);
      const alert = await connection.alert(input.alertId, { signal });
      const mode = await modeOf(connection);
      const afterRow = await newestRowId(connection, input.alertId, signal);
      await remember({ afterRow });
      const wait = (executionId?: string) =>
        waitForExecution({
          connection,
          alertId: input.alertId,
          afterRow,
          executionId,
          workingTimeoutSeconds: alert.workingTimeoutSeconds,
          pollMs,
          signal,
          log,
        });
      try {
        if (mode === 'at once') {
          const { executionId } = await connection.executeAlert(input.alertId, {
            signal,
          });
          if (executionId) await remember({ executionId });
          log.info('Superset has queued a run');
          return await wait(executionId);
        }
        return await withSchedule({
          connection,
          alertId: input.alertId,
          crontab: alert.crontab ?? EVERY_MINUTE,
          log,
          remember,
          signal,
          run: () => wait(),
        });
      } finally {
        connectionChanged(input.connection);
      }
    },

    async verify({ input, output, memory, signal }) {
      const connection = connections.get(input.connection);
      const { crontab } = memorySchema.parse(memory);
      const alert = await connection.alert(input.alertId, { signal });
      return verifyAlertRun({ alert, output, crontab });
    },

    async reconcile({ input, memory, signal, log }) {
      const connection = connections.get(input.connection);
      const { afterRow, executionId, crontab, restored } =
        memorySchema.parse(memory);
      if (crontab !== undefined && !restored) {
        const now = await connection.alert(input.alertId, { signal });
        if (now.crontab === EVERY_MINUTE && crontab !== EVERY_MINUTE) {
          await connection.setAlertSchedule(input.alertId, crontab, { signal });
          log.info(`Its schedule is ${crontab} again`);
          connectionChanged(input.connection);
        }
      }
      if (afterRow === undefined) {
        return {
          state: 'not-done',
          reason: 'Superset was not asked to run it yet.',
        };
      }
      const found = await findExecution({
        connection,
        alertId: input.alertId,
        afterRow,
        executionId,
        signal,
      });
      if (found?.ended) return { state: 'done', output: found.output };
      return {
        state: found ? 'in-progress' : 'unknown',
        reason: found
          ? 'Superset is running it.'
          : 'Superset has not logged a run since; it may still come.',
      };
    },
  });
}
