import { z } from 'zod';
import { parseJsonAnswer } from '../http/parseJsonAnswer';
import type { TrinoHttp } from '../http/TrinoHttp';
import { parseTrinoDuration } from './parseTrinoDuration';

const WHAT = 'The information about the server';
const MAX_BYTES = 64 * 1024;

const infoSchema = z.object({
  nodeVersion: z.object({ version: z.string() }),
  environment: z.string().optional(),
  coordinator: z.boolean(),
  starting: z.boolean().default(false),
  uptime: z.string().transform(parseTrinoDuration).optional().catch(undefined),
});

/** What `GET /v1/info` tells, to anyone. */
export interface TrinoInfo {
  readonly version: string;
  readonly environment?: string;
  readonly coordinator: boolean;
  readonly starting: boolean;
  readonly uptimeMs?: number;
}

export async function readInfo(options: {
  http: TrinoHttp;
  signal?: AbortSignal;
  timeoutMs?: number;
}): Promise<TrinoInfo> {
  const { http, ...limits } = options;
  const info = await http.send({
    what: WHAT,
    method: 'GET',
    path: '/v1/info',
    ...limits,
    maxBytes: MAX_BYTES,
    read: answer =>
      parseJsonAnswer({
        connection: http.config.id,
        what: WHAT,
        text: answer.text,
        schema: infoSchema,
      }),
  });
  return {
    version: info.nodeVersion.version,
    environment: info.environment,
    coordinator: info.coordinator,
    starting: info.starting,
    uptimeMs: info.uptime,
  };
}
