import type { Capability } from '@lakehouse-ops/plugin-lakehouse-common';
import { z } from 'zod';
import { describeConnectionError } from '../shared/describeConnectionError';
import { ConnectionUnavailableError } from '../shared/errors';
import type { SystemCapabilities } from '../shared/SystemConnection';
import type { PrometheusHttp } from './PrometheusHttp';
import { answerSchema } from './rest/answerSchema';
import { readAlerts } from './rest/readAlerts';
import { readQuery } from './rest/readQuery';
import { readTargets } from './rest/readTargets';

type Options = { http: PrometheusHttp; signal: AbortSignal };

const buildSchema = answerSchema(z.object({ version: z.string() }));

/**
 * Finds out what the server offers: Mimir and Thanos have no targets, and alerts only
 * where their ruler answers as well.
 *
 * @throws the connection's error when nothing answers, or we are not let in
 */
export async function probePrometheus(
  options: Options,
): Promise<SystemCapabilities> {
  const query = await probeQuery(options);
  const [version, alerts, targets] = await Promise.all([
    readVersion(options),
    toCapability('alerts.read', () => readAlerts(options)),
    probeTargets(options),
  ]);
  return {
    probedAt: new Date().toISOString(),
    version,
    capabilities: [query, alerts, targets],
  };
}

/** First and alone: when the server can't be had, the rest need not be asked. */
async function probeQuery(options: Options): Promise<Capability> {
  const id = 'metrics.query';
  try {
    await readQuery({
      ...options,
      resource: 'query',
      parameters: { query: '1' },
    });
    return { id, available: true };
  } catch (error) {
    const isAnswer =
      error instanceof ConnectionUnavailableError && error.status !== undefined;
    if (!isAnswer) throw error;
    const { reason, remedy } = describeConnectionError(error);
    return { id, available: false, reason, remedy };
  }
}

/** Nothing where the server does not tell it. */
async function readVersion(options: Options): Promise<string | undefined> {
  try {
    const { data } = await options.http.ask({
      ...options,
      what: 'The version',
      resource: 'status/buildinfo',
      schema: buildSchema,
    });
    return data.version;
  } catch {
    // A version is told for information only, and has no capability of its own.
    return undefined;
  }
}

/** Alone among the capabilities it may be missing without anything having failed. */
async function probeTargets(options: Options): Promise<Capability> {
  const id = 'targets.read';
  let found = false;
  const asked = await toCapability(id, async () => {
    found = (await readTargets(options)) !== undefined;
  });
  if (!asked.available || found) return asked;
  return {
    id,
    available: false,
    reason: 'the server has no list of scrape targets, as Mimir and Thanos',
    remedy:
      'connect to the Prometheus that scrapes as well, if its targets are to be seen',
  };
}

async function toCapability(
  id: string,
  attempt: () => Promise<unknown>,
): Promise<Capability> {
  try {
    await attempt();
    return { id, available: true };
  } catch (error) {
    const { reason, remedy } = describeConnectionError(error);
    return { id, available: false, reason, remedy };
  }
}
