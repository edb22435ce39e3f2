import type { GatewayConnection } from '../../connections/gateway';
import type { TrinoConnection } from '../../connections/trino';
import { backendsContract } from './backendsContract';
import { refusalsContract } from './refusalsContract';
import { routesContract } from './routesContract';

const TEST_TIMEOUT_MS = 60_000;

/** A gateway that is to keep the contract, with two Trinos behind it that are well. @public */
export interface GatewayContractTarget {
  /** As somebody who may do everything. */
  readonly gateway: GatewayConnection;
  /** As somebody with a wrong password, where the gateway wants to know who asks. */
  readonly stranger?: GatewayConnection;
  /** As somebody with the role USER alone, where there are roles. */
  readonly reader?: GatewayConnection;
  /** Trino as it is reached through the gateway, as a user who may kill. */
  readonly trinoThroughGateway: TrinoConnection;
  readonly gatewayUrl: string;
  /** The only backend of the default group. */
  readonly defaultBackend: string;
  /** The only backend of another group. */
  readonly otherBackend: string;
  readonly otherGroup: string;
  /** A SELECT that runs for more than a minute when nobody ends it. */
  readonly longSql: string;
  close(): Promise<void>;
}

/**
 * What every connection to Trino Gateway must do, as Jest tests. One and the same
 * suite runs on the sandbox and on real gateways.
 *
 * @public
 */
export function gatewayContract(options: {
  name: string;
  open: () => Promise<GatewayContractTarget>;
}) {
  describe(`the Trino Gateway connection contract on ${options.name}`, () => {
    let target: GatewayContractTarget | undefined;

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
    backendsContract(getTarget);
    routesContract(getTarget);
    refusalsContract(getTarget);
  });
}
