import { z } from 'zod';
import { createCheckAction } from '../shared/createCheckAction';
import { preflightSystem } from '../shared/preflightSystem';
import type { GatewayActionOptions } from './actionContext';
import { backendFields, backendTarget, findBackend } from './backendInput';
import { placesFor } from './placesFor';

const HEALTH = ['healthy', 'unhealthy', 'pending', 'unknown'] as const;

/** Looks whether a backend gets queries, and who else would take them. */
export function createCheckBackendAction({
  connections,
}: Pick<GatewayActionOptions, 'connections'>) {
  return createCheckAction({
    id: 'gateway:check-backend',
    title: 'Check backend',
    description:
      'Tells whether a backend of a Trino Gateway gets queries, how it is, and which others would take them.',
    schema: {
      input: z.object(backendFields),
      output: z.object({
        active: z.boolean(),
        health: z.enum(HEALTH),
        routingGroup: z.string(),
        /** Backends that would take its queries. */
        others: z.array(z.string()),
        running: z.number().optional(),
        queued: z.number().optional(),
      }),
    },
    timeout: { minutes: 1 },
    target: backendTarget,
    preflight: ({ target }) =>
      preflightSystem({
        system: 'Trino Gateway',
        connections,
        target,
        capabilities: ['backends.read'],
      }),

    async look({ input, signal }) {
      const gateway = connections.get(input.connection);
      const { backend, backends } = await findBackend(gateway, {
        name: input.backend,
        signal,
      });
      const places = placesFor({
        backend,
        backends,
        defaultRoutingGroup: gateway.defaultRoutingGroup,
      });
      const { active, health, routingGroup, running, queued } = backend;
      return {
        active,
        health,
        routingGroup,
        others: [...new Set([...places.inGroup, ...places.inDefaultGroup])],
        running,
        queued,
      };
    },

    report: ({ backend }, output) => ({
      summary: `Backend ${backend} ${
        output.active ? 'gets new queries' : 'gets no new queries'
      } and is ${output.health}; ${
        output.others.length
          ? `${output.others.join(', ')} would take its queries`
          : 'no other would take its queries'
      }.`,
      metrics: [
        {
          label: 'State',
          unit: 'text',
          after: output.active ? 'active' : 'deactivated',
        },
        { label: 'Health', unit: 'text', after: output.health },
        { label: 'Others', unit: 'count', after: output.others.length },
      ],
    }),
  });
}
