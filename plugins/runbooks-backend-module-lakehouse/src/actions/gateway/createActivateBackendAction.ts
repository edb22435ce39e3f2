import { setTimeout as sleep } from 'node:timers/promises';
import { ConflictError } from '@backstage/errors';
import type { GatewayBackend } from '@lakehouse-ops/plugin-lakehouse-common';
import { describeConnectionError } from '@lakehouse-ops/plugin-lakehouse-node';
import { createRunbookAction } from '@lakehouse-ops/plugin-runbooks-node';
import { z } from 'zod';
import { DEFAULT_WAITS, type GatewayActionOptions } from './actionContext';
import { backendActionFrame } from './backendActionFrame';
import { backendFields } from './backendInput';
import { changeBackend } from './changeBackend';
import { readGroupUse } from './groupUse';
import { previewActivation } from './previewActivation';
import { verifyActivation } from './verifyActivation';

const MINUTE_MS = 60_000;
const MAX_WAIT = 60;
const HEALTH = ['healthy', 'unhealthy', 'pending', 'unknown'] as const;

const inputSchema = z.object({
  ...backendFields,
  waitMinutes: z.number().int().min(1).max(MAX_WAIT).default(5).meta({
    title: 'Wait until it is healthy (minutes)',
    description:
      'The gateway sends no queries to a backend before its monitor has found it healthy.',
  }),
});

const outputSchema = z.object({ health: z.enum(HEALTH) });

/** Brings a backend back into a gateway, and waits until it is healthy. */
export function createActivateBackendAction({
  connections,
  connectionChanged,
  waits,
}: GatewayActionOptions) {
  const frame = backendActionFrame({ connections });

  return createRunbookAction({
    id: 'gateway:activate-backend',
    title: 'Activate backend',
    description:
      'Sends new queries to a backend of a Trino Gateway again, once the gateway finds it healthy.',
    verb: 'Activate backend',
    risk: 'medium',
    attributes: { readOnly: false, destructive: false, idempotent: true },
    schema: { input: inputSchema, output: outputSchema },
    timeout: { minutes: MAX_WAIT + 5 },
    ...frame.hooks,

    async preview({ input, signal }) {
      const { gateway, backend } = await frame.find(input, signal);
      if (backend.active) {
        throw new ConflictError(
          `Backend ${backend.name} is active already${
            backend.health === 'healthy'
              ? '.'
              : `; it is ${backend.health}, which activating does not change.`
          }`,
        );
      }
      const use = await readGroupUse({
        gateway,
        group: backend.routingGroup,
        nowMs: Date.now(),
        signal,
      });
      return {
        content: previewActivation({ backend, use }),
        fingerprint: {
          backend: backend.name,
          proxyTo: backend.proxyTo,
          routingGroup: backend.routingGroup,
          active: false,
        },
      };
    },

    async execute({ input, signal, log }) {
      const gateway = connections.get(input.connection);
      const { everyMs } = { ...DEFAULT_WAITS, ...waits };
      await changeBackend({ gateway, ...input, active: true, signal });
      connectionChanged(input.connection);
      log.info(`${input.backend} is active`);
      const untilMs = performance.now() + input.waitMinutes * MINUTE_MS;
      let health: GatewayBackend['health'] = 'pending';
      for (;;) {
        try {
          const { backend } = await frame.find(input, signal);
          health = backend.health;
          log.progress(
            health === 'healthy' ? 1 : 0,
            `The gateway finds it ${health}`,
          );
        } catch (error) {
          if (signal.aborted) throw error;
          log.warn(
            `The gateway can't be asked now: ${
              describeConnectionError(error).reason
            }`,
          );
        }
        // A monitor that looks at nothing will never call it healthy.
        const isOver = health === 'healthy' || gateway.monitor === 'NOOP';
        if (isOver || performance.now() + everyMs > untilMs) break;
        await sleep(everyMs, undefined, { signal });
      }
      connectionChanged(input.connection);
      return { health };
    },

    async verify({ input, signal }) {
      const { backend } = await frame.find(input, signal);
      return verifyActivation(backend);
    },

    async reconcile({ input, signal }) {
      const { backend } = await frame.find(input, signal);
      return backend.active
        ? { state: 'done', output: { health: backend.health } }
        : {
            state: 'not-done',
            reason: `Backend ${backend.name} is deactivated.`,
          };
    },
  });
}
