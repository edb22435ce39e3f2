import type { GatewayBackend } from '@lakehouse-ops/plugin-lakehouse-common';
import { z } from 'zod';
import { readJsonAnswer } from '../../http/readJsonAnswer';
import {
  ConnectionDeniedError,
  ConnectionUnavailableError,
} from '../../shared/errors';
import { gatewayErrors } from '../errors';
import type { GatewayHttp } from '../GatewayHttp';
import { type BackendState, toBackend } from '../toBackend';
import { readResult } from './readResult';

const MAX_BACKENDS = 500;
const STATES_AT_A_TIME = 8;

const backendSchema = z.object({
  name: z.string(),
  routingGroup: z.string().nullish(),
  proxyTo: z.string(),
  externalUrl: z.string().nullish(),
  active: z.boolean(),
});

const listSchema = z
  .array(
    backendSchema.extend({
      status: z.string().nullish(),
      running: z.number().nullish(),
      queued: z.number().nullish(),
    }),
  )
  .max(MAX_BACKENDS);

const stateSchema = z.object({
  trinoStatus: z.string().nullish(),
  runningQueryCount: z.number().nullish(),
  queuedQueryCount: z.number().nullish(),
});

type Options = { http: GatewayHttp; signal?: AbortSignal };

/**
 * All backends with their health. The web API has it in one call; where it is not
 * open to us, the public API has it backend by backend.
 */
export async function readBackends(
  options: Options,
): Promise<GatewayBackend[]> {
  try {
    return await readFromWebApi(options);
  } catch (error) {
    const closed =
      (error instanceof ConnectionDeniedError &&
        options.http.config.auth.type === 'none') ||
      (error instanceof ConnectionUnavailableError &&
        (error.status === 404 || error.status === 405));
    if (!closed) throw error;
    return readFromPublicApi(options);
  }
}

function readFromWebApi({ http, signal }: Options): Promise<GatewayBackend[]> {
  const { config } = http;
  return http.send({
    what: 'The list of backends',
    method: 'POST',
    path: '/webapp/getAllBackends',
    headers: { 'content-type': 'application/json' },
    body: '{}',
    signal,
    retry: true,
    maxBytes: config.maxResponseBytes,
    limitField: 'maxResponseBytes',
    read: ({ text }) =>
      readResult({
        config,
        what: 'The list of backends',
        text,
        data: listSchema,
      }).map(row =>
        toBackend(config, row, {
          status: row.status,
          running: row.running,
          queued: row.queued,
        }),
      ),
  });
}

async function readFromPublicApi({
  http,
  signal,
}: Options): Promise<GatewayBackend[]> {
  const { config } = http;
  const rows = await get({ http, signal }, '/api/public/backends', {
    what: 'The public list of backends',
    schema: z.array(backendSchema).max(MAX_BACKENDS),
  });
  const backends: GatewayBackend[] = [];
  for (let at = 0; at < rows.length; at += STATES_AT_A_TIME) {
    backends.push(
      ...(await Promise.all(
        rows
          .slice(at, at + STATES_AT_A_TIME)
          .map(async row =>
            toBackend(config, row, await readState({ http, signal }, row.name)),
          ),
      )),
    );
  }
  return backends;
}

async function readState(
  options: Options,
  name: string,
): Promise<BackendState> {
  try {
    const state = await get(
      options,
      `/api/public/backends/${encodeURIComponent(name)}/state`,
      { what: `The state of backend ${name}`, schema: stateSchema },
    );
    return {
      status: state.trinoStatus,
      running: state.runningQueryCount,
      queued: state.queuedQueryCount,
    };
  } catch (error) {
    // It was removed between the two requests.
    if (error instanceof ConnectionUnavailableError && error.status === 404) {
      return {};
    }
    throw error;
  }
}

function get<T>(
  { http, signal }: Options,
  path: string,
  { what, schema }: { what: string; schema: z.ZodType<T> },
): Promise<T> {
  const { config } = http;
  return http.send({
    what,
    method: 'GET',
    path,
    signal,
    retry: true,
    maxBytes: config.maxResponseBytes,
    limitField: 'maxResponseBytes',
    read: ({ text }) =>
      readJsonAnswer({
        connection: config.id,
        errors: gatewayErrors,
        what,
        system: 'Trino Gateway',
        text,
        schema,
      }),
  });
}
