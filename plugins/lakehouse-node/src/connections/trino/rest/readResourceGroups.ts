import { NotFoundError } from '@backstage/errors';
import { z } from 'zod';
import { parseJsonAnswer } from '../http/parseJsonAnswer';
import type { TrinoHttp } from '../http/TrinoHttp';
import type { TrinoResourceGroup } from '../TrinoConnection';
import { parseTrinoDataSize } from './parseTrinoDataSize';

const WHAT = 'The state of the resource groups';
const MAX_BYTES = 8 * 1024 * 1024;

const figure = z.number().optional().catch(undefined);
const sizeBytes = z
  .string()
  .transform(parseTrinoDataSize)
  .optional()
  .catch(undefined);

const groupSchema = z.object({
  id: z.array(z.string()).min(1),
  state: z.string().optional().catch(undefined),
  numRunningQueries: z.number(),
  numQueuedQueries: z.number(),
  hardConcurrencyLimit: figure,
  maxQueuedQueries: figure,
  softMemoryLimit: sizeBytes,
  memoryUsage: sizeBytes,
  get subGroups() {
    return z.array(groupSchema).optional();
  },
});
type Group = z.infer<typeof groupSchema>;

/**
 * A root resource group and all below it, flat, parents first. A group exists on the
 * server from the first query that it was chosen for.
 *
 * @throws NotFoundError when the server knows no such group; TrinoDeniedError when
 * the user may not read system information
 */
export async function readResourceGroups(options: {
  http: TrinoHttp;
  root: string;
  signal?: AbortSignal;
}): Promise<TrinoResourceGroup[]> {
  const { http, root } = options;
  const group = await http.send({
    what: WHAT,
    method: 'GET',
    path: `/v1/resourceGroupState/${encodeURIComponent(root)}`,
    signal: options.signal,
    maxBytes: MAX_BYTES,
    retry: true,
    statuses: [200, 404],
    read: answer =>
      answer.status === 404
        ? undefined
        : parseJsonAnswer({
            connection: http.config.id,
            what: WHAT,
            text: answer.text,
            schema: groupSchema,
          }),
  });
  if (!group) {
    throw new NotFoundError(
      `Trino connection '${http.config.id}' knows no resource group '${root}'. A group appears with its first query since the coordinator started; if it stays away, correct its name.`,
    );
  }
  return flatten(group);
}

function flatten(group: Group): TrinoResourceGroup[] {
  return [
    {
      path: group.id.join('.'),
      state: group.state,
      running: group.numRunningQueries,
      queued: group.numQueuedQueries,
      hardConcurrencyLimit: group.hardConcurrencyLimit,
      maxQueued: group.maxQueuedQueries,
      softMemoryLimitBytes: group.softMemoryLimit,
      memoryUsageBytes: group.memoryUsage,
    },
    ...(group.subGroups ?? []).flatMap(flatten),
  ];
}
