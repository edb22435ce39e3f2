import { parseJsonAnswer } from '../http/parseJsonAnswer';
import type { TrinoHttp } from '../http/TrinoHttp';
import type { TrinoListedQuery } from '../TrinoConnection';
import { listedQuerySchema } from './listedQuery';

const WHAT = 'The state of a query';

/**
 * One query; undefined when the coordinator does not know it, or no longer (410).
 */
export async function getQuery(options: {
  http: TrinoHttp;
  queryId: string;
  signal?: AbortSignal;
}): Promise<TrinoListedQuery | undefined> {
  const { http } = options;
  return http.send({
    what: WHAT,
    method: 'GET',
    path: `/v1/query/${encodeURIComponent(options.queryId)}?pruned=true`,
    signal: options.signal,
    maxBytes: http.config.queryListMaxBytes,
    limitField: 'queryListMaxBytes',
    retry: true,
    statuses: [200, 404, 410],
    read: answer =>
      answer.status === 200
        ? parseJsonAnswer({
            connection: http.config.id,
            what: WHAT,
            text: answer.text,
            schema: listedQuerySchema,
          })
        : undefined,
  });
}
