import { z } from 'zod';
import { errorOfStatus } from '../http/errorOfStatus';
import type { SupersetHttp } from '../http/SupersetHttp';
import type { SupersetConnectionConfig } from '../config';

const PATH = '/api/v1/cachekey/invalidate';

/**
 * Has Superset forget the cached answers of a dataset. By its uid, for by names it
 * silently removes nothing where the catalog is left out. 201 says only that it was asked.
 */
export async function invalidateDataset(options: {
  http: SupersetHttp;
  config: Pick<SupersetConnectionConfig, 'id' | 'auth'>;
  datasetId: string;
  signal?: AbortSignal;
}): Promise<void> {
  const reply = await options.http.reply({
    what: 'The answer to an invalidation',
    method: 'POST',
    path: PATH,
    csrf: true,
    body: { datasource_uids: [`${options.datasetId}__table`] },
    signal: options.signal,
    statuses: [201],
    schema: z.unknown(),
  });
  if (reply.status !== 201) {
    // A proxy's friendly page comes with 200.
    throw errorOfStatus({
      config: options.config,
      what: `POST ${PATH}`,
      answer: reply,
    });
  }
}
