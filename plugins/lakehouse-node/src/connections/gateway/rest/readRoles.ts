import { z } from 'zod';
import type { GatewayHttp } from '../GatewayHttp';
import { readResult } from './readResult';

const MAX_ANSWER_BYTES = 64 * 1024;

/** The roles that the gateway gives to the account: ADMIN, USER, API. */
export function readRoles(options: {
  http: GatewayHttp;
  signal?: AbortSignal;
}): Promise<string[]> {
  const { http, signal } = options;
  const what = 'The roles of the account';
  return http.send({
    what,
    method: 'POST',
    path: '/userinfo',
    headers: { 'content-type': 'application/json' },
    body: '{}',
    signal,
    retry: true,
    maxBytes: MAX_ANSWER_BYTES,
    read: ({ text }) =>
      readResult({
        config: http.config,
        what,
        text,
        data: z.object({ roles: z.array(z.string()) }),
      }).roles,
  });
}
