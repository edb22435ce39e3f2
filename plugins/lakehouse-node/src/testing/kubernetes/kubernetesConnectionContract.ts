import type {
  KubernetesContractTarget,
  KubernetesContractUser,
} from './KubernetesContractTarget';
import { kubernetesChangesContract } from './kubernetesChangesContract';
import { kubernetesReadsContract } from './kubernetesReadsContract';
import { kubernetesRightsContract } from './kubernetesRightsContract';
import { kubernetesRolloutContract } from './kubernetesRolloutContract';

const TEST_TIMEOUT_MS = 120_000;

/** What a part of the contract works with. */
export interface KubernetesContractTools {
  target(): KubernetesContractTarget;
  /** The same connection each time for the same person. */
  as(
    user: KubernetesContractUser,
  ): ReturnType<KubernetesContractTarget['open']>;
}

/**
 * What every Kubernetes connection must do, as Jest tests. One and the same suite runs
 * on the sandbox and on real clusters: where the two differ, the sandbox is wrong.
 *
 * @public
 */
export function kubernetesConnectionContract(options: {
  name: string;
  open: () => Promise<KubernetesContractTarget>;
  /**
   * `hasControllers`: pods are made. `runsPods`: their containers are started too; without
   * a node they stay pending, and rollouts never end.
   */
  expect: { runsPods: boolean; hasControllers: boolean };
}) {
  describe(`the Kubernetes connection contract on ${options.name}`, () => {
    let opened: KubernetesContractTarget | undefined;
    const connections = new Map<
      KubernetesContractUser,
      ReturnType<KubernetesContractTarget['open']>
    >();

    jest.setTimeout(TEST_TIMEOUT_MS);

    beforeAll(async () => {
      opened = await options.open();
    });

    afterAll(async () => {
      await Promise.all([...connections.values()].map(one => one.close()));
      await opened?.close();
    });

    const tools: KubernetesContractTools = {
      target() {
        if (!opened) throw new Error('The target of the contract is not open.');
        return opened;
      },
      as(user) {
        const known = connections.get(user) ?? tools.target().open(user);
        connections.set(user, known);
        return known;
      },
    };
    kubernetesReadsContract(tools, options.expect);
    kubernetesRightsContract(tools);
    kubernetesChangesContract(tools);
    if (options.expect.runsPods) kubernetesRolloutContract(tools);
  });
}
