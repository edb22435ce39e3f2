import type {
  PrometheusConnection,
  PrometheusConnectionConfig,
} from '../../connections/prometheus';
import { alertsContract } from './alertsContract';
import { queriesContract } from './queriesContract';

const TEST_TIMEOUT_MS = 60_000;

/** A Prometheus that is to keep the contract: it scrapes itself as job `prometheus`, and an alert fires. @public */
export interface PrometheusContractTarget {
  /** A connection to it, closed by `close`. */
  connect(
    overrides?: Partial<PrometheusConnectionConfig>,
  ): PrometheusConnection;
  close(): Promise<void>;
}

/**
 * What every connection to Prometheus must do, as Jest tests. One and the same suite
 * runs on the sandbox and on real servers.
 *
 * @public
 */
export function prometheusContract(options: {
  name: string;
  open: () => Promise<PrometheusContractTarget>;
}) {
  describe(`the Prometheus connection contract on ${options.name}`, () => {
    let target: PrometheusContractTarget | undefined;

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
    queriesContract(getTarget);
    alertsContract(getTarget);
  });
}
