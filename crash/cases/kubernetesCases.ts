import type { KubernetesSandbox } from '@lakehouse-ops/sandbox';
import type { CrashCase } from './CrashCase';

const CONNECTION = 'sandbox';
const NAMESPACE = 'lakehouse';

/** The Kubernetes actions, on a simulated cluster: the machine that runs this has no real one. */
export function kubernetesCases({ world }: KubernetesSandbox): CrashCase[] {
  const find = (name: string) => {
    world.advance();
    const found = [...world.workloads.values()].find(one => one.name === name);
    if (!found) throw new Error(`The sandbox has no workload ${name}.`);
    return found;
  };
  const of = (kind: string, name: string) => ({
    connection: CONNECTION,
    namespace: NAMESPACE,
    kind,
    name,
  });

  return [
    {
      actionId: 'kubernetes:restart-workload',
      wave: 1,
      async prepare() {
        const { revision } = find('superset');
        return {
          parameters: of('Deployment', 'superset'),
          look: async () =>
            find('superset').revision > revision ? 'done' : 'not-done',
          effects: async () => find('superset').revision - revision,
        };
      },
    },
    {
      actionId: 'kubernetes:scale-workload',
      wave: 1,
      async prepare() {
        const { replicas } = find('trino-worker');
        const wanted = replicas === 3 ? 4 : 3;
        return {
          parameters: {
            ...of('StatefulSet', 'trino-worker'),
            replicas: wanted,
          },
          look: async () =>
            find('trino-worker').replicas === wanted ? 'done' : 'not-done',
        };
      },
    },
  ];
}
