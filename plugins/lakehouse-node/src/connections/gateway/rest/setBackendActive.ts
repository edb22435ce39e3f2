import { z } from 'zod';
import type { GatewayChange } from '../GatewayConnection';
import type { GatewayHttp } from '../GatewayHttp';
import { readResult } from './readResult';

const MAX_ANSWER_BYTES = 64 * 1024;
/** Another 404 is that of a proxy, or of something that is no gateway. */
const UNKNOWN_BACKEND = 'No cluster found with name';

/** Activates or deactivates a backend. An unknown name changes nothing, which is why the right to it can be probed with one. */
export function setBackendActive(options: {
  http: GatewayHttp;
  backend: string;
  active: boolean;
  signal?: AbortSignal;
}): Promise<GatewayChange> {
  const { http, backend, active, signal } = options;
  const verb = active ? 'activate' : 'deactivate';
  return http.send<GatewayChange>({
    what: `The answer to ${verb} a backend`,
    method: 'POST',
    path: `/gateway/backend/${verb}/${encodeURIComponent(backend)}`,
    signal,
    maxBytes: MAX_ANSWER_BYTES,
    statuses: [200, 204, 404],
    read: answer => {
      if (answer.status !== 404) {
        // Empty when it was done; a refusal comes with 200 too, and a code in its body.
        if (answer.text.trim() === '') return 'changed';
        readResult({
          config: http.config,
          what: `The answer to ${verb} a backend`,
          text: answer.text,
          data: z.unknown(),
        });
        return 'changed';
      }
      if (answer.text.includes(UNKNOWN_BACKEND)) return 'not-found';
      throw http.errorOf(`POST /gateway/backend/${verb}`, answer);
    },
  });
}
