import type { GatewayConnection } from '@lakehouse-ops/plugin-lakehouse-node';
import type { CrashCase } from './CrashCase';

const BACKEND = 'trino-etl';

/** The actions of the gateway, one after the other: they share its lock. */
export function gatewayCases(gateway: GatewayConnection): CrashCase[] {
  const isActive = async () => {
    const found = (await gateway.backends()).find(
      ({ name }) => name === BACKEND,
    );
    if (!found) throw new Error(`The gateway has no backend ${BACKEND}.`);
    return found.active;
  };
  const set = async (active: boolean) => {
    if ((await isActive()) === active) return;
    await gateway.setActive(BACKEND, { active });
  };
  const clear = () => set(true);

  return [
    {
      actionId: 'gateway:deactivate-backend',
      wave: 1,
      async prepare() {
        await set(true);
        return {
          parameters: {
            connection: gateway.id,
            backend: BACKEND,
            waitMinutes: 0,
            confirmLastBackend: BACKEND,
          },
          look: async () => ((await isActive()) ? 'not-done' : 'done'),
          clear,
        };
      },
    },
    {
      actionId: 'gateway:activate-backend',
      wave: 2,
      async prepare() {
        await set(false);
        return {
          parameters: { connection: gateway.id, backend: BACKEND },
          look: async () => ((await isActive()) ? 'done' : 'not-done'),
          clear,
        };
      },
    },
  ];
}
