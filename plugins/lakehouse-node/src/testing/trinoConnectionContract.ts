import { capabilitiesContract } from './contract/capabilitiesContract';
import { killContract } from './contract/killContract';
import { limitsContract } from './contract/limitsContract';
import { rightsContract } from './contract/rightsContract';
import { statementsContract } from './contract/statementsContract';
import { systemContract } from './contract/systemContract';
import { tablesContract } from './contract/tablesContract';
import type { TrinoContractTarget } from './TrinoContractTarget';

const TEST_TIMEOUT_MS = 60_000;

/**
 * What every Trino connection must do, as Jest tests. One and the same suite runs on
 * the sandbox and on real servers: where the two differ, the sandbox is wrong.
 *
 * @public
 */
export function trinoConnectionContract(options: {
  name: string;
  open: () => Promise<TrinoContractTarget>;
}) {
  describe(`the Trino connection contract on ${options.name}`, () => {
    let target: TrinoContractTarget | undefined;

    jest.setTimeout(TEST_TIMEOUT_MS);

    beforeAll(async () => {
      target = await options.open();
    });

    afterAll(async () => {
      await target?.close();
    });

    const getTarget = () => {
      if (!target) throw new Error('The target of the contract is not open.');
      return target;
    };
    statementsContract(getTarget);
    limitsContract(getTarget);
    killContract(getTarget);
    systemContract(getTarget);
    tablesContract(getTarget);
    rightsContract(getTarget);
    capabilitiesContract(getTarget);
  });
}
