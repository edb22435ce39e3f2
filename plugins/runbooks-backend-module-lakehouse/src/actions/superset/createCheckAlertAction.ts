import { z } from 'zod';
import { createCheckAction } from '../shared/createCheckAction';
import { preflightSystem } from '../shared/preflightSystem';
import {
  connectionParameter,
  idParameter,
  SUPERSET_SYSTEM,
  type SupersetActionOptions,
} from './actionContext';

const MINUTE_MS = 60_000;
const LOG_ROWS = 20;
/** Superset's own default of `working_timeout`. */
const DEFAULT_WORKING_TIMEOUT_SECONDS = 3600;

const outputSchema = z.object({
  name: z.string(),
  type: z.enum(['alert', 'report']),
  active: z.boolean(),
  /** Superset's own word: Success, Not triggered, On Grace, Working, Error; absent before the first run. */
  state: z.string().optional(),
  /** It works for longer than it may: its worker has died. */
  stuck: z.boolean(),
  minutesSinceRun: z.number().optional(),
  /** Of the newest run that failed in the log. */
  lastError: z.string().optional(),
  lastValue: z.number().optional(),
});

/** Looks how an alert or report of Superset is. */
export function createCheckAlertAction({
  connections,
}: Pick<SupersetActionOptions, 'connections'>) {
  return createCheckAction({
    id: 'superset:check-alert',
    title: 'Check alert',
    description:
      'Tells how the last run of an alert or report ended, when that was, and whether it hangs.',
    schema: {
      input: z.object({
        connection: connectionParameter,
        alertId: idParameter('Alert', 'Number of the alert or report'),
      }),
      output: outputSchema,
    },
    timeout: { minutes: 1 },
    target: ({ connection, alertId }) => ({
      system: SUPERSET_SYSTEM,
      connection,
      kind: 'alert',
      name: alertId,
    }),
    preflight: ({ target }) =>
      preflightSystem({
        system: 'Superset',
        connections,
        target,
        capabilities: ['alerts.read'],
      }),

    async look({ input, signal }) {
      const connection = connections.get(input.connection);
      const [alert, rows] = await Promise.all([
        connection.alert(input.alertId, { signal }),
        connection.alertLog(input.alertId, { limit: LOG_ROWS, signal }),
      ]);
      const since = rows.at(0)?.startedAt ?? alert.lastEvaluatedAt;
      const ageMs = since ? Date.now() - Date.parse(since) : undefined;
      const timeoutSeconds =
        alert.workingTimeoutSeconds ?? DEFAULT_WORKING_TIMEOUT_SECONDS;
      return {
        name: alert.name,
        type: alert.type,
        active: alert.active,
        state: alert.lastState,
        stuck:
          alert.lastState === 'Working' &&
          ageMs !== undefined &&
          ageMs > timeoutSeconds * 1000,
        minutesSinceRun:
          ageMs === undefined
            ? undefined
            : Math.max(0, Math.round(ageMs / MINUTE_MS)),
        lastError: rows.find(({ state }) => state === 'Error')?.errorMessage,
        lastValue: alert.lastValue,
      };
    },

    report: (_input, output) => ({
      summary: `'${output.name}' is ${
        output.stuck ? 'stuck' : output.state ?? 'never run'
      }${output.active ? '' : ', and switched off'}${
        output.minutesSinceRun === undefined
          ? ''
          : `; it ran ${output.minutesSinceRun} minutes ago`
      }.`,
      metrics: [
        { label: 'State', unit: 'text', after: output.state ?? 'never run' },
        {
          label: 'Minutes since its run',
          unit: 'count',
          after: output.minutesSinceRun,
          better: 'lower',
        },
      ],
      warnings: output.lastError ? [output.lastError] : [],
    }),
  });
}
