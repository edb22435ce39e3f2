import { ConflictError } from '@backstage/errors';
import { createRunbookAction } from '@lakehouse-ops/plugin-runbooks-node';
import { z } from 'zod';
import { DEFAULT_WAITS, type GatewayActionOptions } from './actionContext';
import { awaitDrained } from './awaitDrained';
import { backendActionFrame } from './backendActionFrame';
import { backendFields, MAX_WAIT_MINUTES } from './backendInput';
import { changeBackend } from './changeBackend';
import { readGroupUse } from './groupUse';
import { lookAtQueries } from './lookAtQueries';
import { placesFor } from './placesFor';
import { previewDeactivation } from './previewDeactivation';
import { verifyDeactivation } from './verifyDeactivation';

const MINUTE_MS = 60_000;

const inputSchema = z.object({
  ...backendFields,
  waitMinutes: z.number().int().min(0).max(MAX_WAIT_MINUTES).default(30).meta({
    title: 'Wait for its queries (minutes)',
    description:
      'How long to wait until the queries that run there are done. They go on in any case. 0: do not wait.',
  }),
  confirmLastBackend: z.string().max(255).optional().meta({
    title: 'Type the name of the last backend',
    description:
      'Only needed when no other backend would take its queries, so that they fail: the name of the backend.',
  }),
});

const outputSchema = z.object({
  drained: z.boolean(),
  remaining: z.number().optional(),
  reason: z.string().optional(),
});

/** Takes a backend out of a gateway, and waits until its queries are done. */
export function createDeactivateBackendAction({
  connections,
  trino,
  connectionChanged,
  waits,
}: GatewayActionOptions) {
  const frame = backendActionFrame({ connections });
  const look = (input: { connection: string; backend: string }) => {
    const gateway = connections.get(input.connection);
    return (signal: AbortSignal) =>
      lookAtQueries({ gateway, trino, backend: input.backend, signal });
  };

  return createRunbookAction({
    id: 'gateway:deactivate-backend',
    title: 'Deactivate backend',
    description:
      'Sends no new queries to a backend of a Trino Gateway, and waits until those that run there are done.',
    verb: 'Deactivate backend',
    risk: 'high',
    attributes: { readOnly: false, destructive: true, idempotent: true },
    schema: { input: inputSchema, output: outputSchema },
    timeout: { minutes: MAX_WAIT_MINUTES + 5 },
    ...frame.hooks,

    async preview({ input, signal }) {
      const { gateway, backend, backends } = await frame.find(input, signal);
      if (!backend.active) {
        throw new ConflictError(
          `Backend ${backend.name} is deactivated already: it gets no new queries.`,
        );
      }
      const { defaultRoutingGroup } = gateway;
      const places = placesFor({ backend, backends, defaultRoutingGroup });
      const isLast =
        places.inGroup.length === 0 && places.inDefaultGroup.length === 0;
      if (
        isLast &&
        backend.health !== 'unhealthy' &&
        input.confirmLastBackend !== backend.name
      ) {
        throw new ConflictError(
          `Backend ${backend.name} is the last one that takes queries of group ${backend.routingGroup}, and the default group ${defaultRoutingGroup} has no other healthy one: without it they fail. Bring another back first, or type the name of the backend under "Type the name of the last backend".`,
        );
      }
      const [queries, use] = await Promise.all([
        look(input)(signal),
        readGroupUse({
          gateway,
          group: backend.routingGroup,
          nowMs: Date.now(),
          signal,
        }),
      ]);
      return {
        content: previewDeactivation({
          backend,
          defaultRoutingGroup,
          places,
          queries,
          use,
          waitMinutes: input.waitMinutes,
        }),
        fingerprint: {
          backend: backend.name,
          proxyTo: backend.proxyTo,
          routingGroup: backend.routingGroup,
          active: true,
          leavesGroup: places.inGroup.length === 0,
          isLast,
        },
      };
    },

    async execute({ input, signal, log }) {
      const gateway = connections.get(input.connection);
      await changeBackend({ gateway, ...input, active: false, signal });
      connectionChanged(input.connection);
      log.info(`${input.backend} gets no new queries any more`);
      if (input.waitMinutes === 0) return { drained: false };
      try {
        return await awaitDrained({
          look: () => look(input)(signal),
          log,
          signal,
          waitMs: input.waitMinutes * MINUTE_MS,
          waits: { ...DEFAULT_WAITS, ...waits },
        });
      } finally {
        connectionChanged(input.connection);
      }
    },

    async verify({ input, output, signal }) {
      const { backend } = await frame.find(input, signal);
      const queries = await look(input)(signal);
      return verifyDeactivation({
        name: backend.name,
        active: backend.active,
        waited: input.waitMinutes > 0,
        alive:
          queries.by === 'nobody'
            ? undefined
            : queries.running + queries.queued,
        ...output,
      });
    },

    async reconcile({ input, signal }) {
      const { backend } = await frame.find(input, signal);
      if (backend.active) {
        return {
          state: 'not-done',
          reason: `Backend ${backend.name} is active: it gets new queries.`,
        };
      }
      if (input.waitMinutes === 0) {
        return { state: 'done', output: { drained: false } };
      }
      const queries = await look(input)(signal);
      const alive =
        queries.by === 'nobody'
          ? `what still runs there can't be told (${queries.reason})`
          : `${queries.running} queries run and ${queries.queued} are queued there`;
      return {
        state: 'partly-done',
        reason: `Backend ${backend.name} is deactivated and gets no new queries; ${alive}, and go on. Activate it to send queries there again.`,
      };
    },
  });
}
