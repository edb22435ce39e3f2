import { z } from 'zod';
import { describeConnectionError } from '../../shared/describeConnectionError';
import type { SupersetHttp } from '../http/SupersetHttp';

/** The description of all of its API is some 1.5 MB. */
const MAX_BYTES = 8 * 1024 * 1024;

const openApiSchema = z.object({
  paths: z.record(z.string(), z.unknown()),
});

/** Which calls a Superset has, and which version that shows it to be. */
export interface SupersetPaths {
  /** Absent when it does not describe its API to us. */
  readonly known?: ReadonlySet<string>;
  /** Why not, in one clause. */
  readonly reason?: string;
  /** Superset's API names no version: it is told by what it has. */
  readonly version?: string;
}

/** What each version brought, newest first. Only 6.1 was tried; the others are from Superset's source. */
const BROUGHT = [
  { path: '/api/v1/report/{pk}/execute', version: 'newer than 6.1' },
  { path: '/api/v1/dashboard/{pk}/chart_customizations', version: '6.1' },
  { path: '/api/v1/theme/', version: '6.0' },
  { path: '/api/v1/sqllab/permalink', version: '5' },
  { path: '/api/v1/chart/warm_up_cache', version: '3 or 4' },
] as const;

/** Reads the description of its API. Needs can_get on OpenApi; without it nothing is known. */
export async function readPaths(options: {
  http: SupersetHttp;
  signal: AbortSignal;
}): Promise<SupersetPaths> {
  try {
    const { paths } = await options.http.json({
      what: 'The description of the API',
      method: 'GET',
      path: '/api/v1/_openapi',
      signal: options.signal,
      maxBytes: MAX_BYTES,
      schema: openApiSchema,
    });
    const known = new Set(Object.keys(paths));
    return {
      known,
      version: BROUGHT.find(({ path }) => known.has(path))?.version,
    };
  } catch (error) {
    return { reason: describeConnectionError(error).reason };
  }
}
