import type { MetricsAlert } from '@lakehouse-ops/plugin-lakehouse-common';
import { z } from 'zod';
import type { PrometheusHttp } from '../PrometheusHttp';
import { answerSchema } from './answerSchema';
import { toNumber } from './toPoint';

const MAX_TEXT = 1000;

const schema = answerSchema(
  z.object({
    alerts: z.array(
      z.object({
        labels: z.record(z.string(), z.string()),
        annotations: z.record(z.string(), z.string()).nullish(),
        state: z.string(),
        activeAt: z.string().nullish(),
        value: z.string().nullish(),
      }),
    ),
  }),
);

/** Alerts that are pending or fire; inactive ones, which some servers list, are left out. */
export async function readAlerts(options: {
  http: PrometheusHttp;
  signal?: AbortSignal;
}): Promise<MetricsAlert[]> {
  const { config } = options.http;
  const { data } = await options.http.ask({
    ...options,
    what: 'The list of alerts',
    resource: 'alerts',
    schema,
  });
  return data.alerts.flatMap((alert): MetricsAlert[] => {
    const { labels, state } = alert;
    if (state !== 'firing' && state !== 'pending') return [];
    const activeAtMs = Date.parse(alert.activeAt ?? '');
    return [
      {
        connection: config.id,
        name: labels.alertname ?? '(without a name)',
        state,
        severity: labels.severity,
        summary: (
          alert.annotations?.summary ?? alert.annotations?.description
        )?.slice(0, MAX_TEXT),
        labels,
        value: toNumber(alert.value ?? ''),
        activeAt: Number.isNaN(activeAtMs)
          ? undefined
          : new Date(activeAtMs).toISOString(),
        of: labels.connection ?? labels.cluster,
      },
    ];
  });
}
