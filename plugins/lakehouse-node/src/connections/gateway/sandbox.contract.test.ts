import { mockServices } from '@backstage/backend-test-utils';
import { startGatewaySandbox } from '@lakehouse-ops/sandbox';
import { gatewayContract } from '../../testing/gateway/gatewayContract';
import { openGatewayTarget } from '../../testing/gateway/openGatewayTarget';
import type { GatewayAuthConfig } from './GatewayConnectionConfig';

const USER = { user: 'ops', password: 'secret' };
const LOGINS: GatewayAuthConfig[] = [
  { type: 'none' },
  { type: 'form', ...USER },
  { type: 'basic', ...USER },
];

for (const auth of LOGINS) {
  gatewayContract({
    name: `the sandbox with login ${auth.type}`,
    open: async () => {
      const sandbox = await startGatewaySandbox({
        monitorEveryMs: 100,
        users:
          auth.type === 'none'
            ? undefined
            : {
                ops: 'secret',
                guest: { password: 'guest', roles: ['USER'] },
              },
      });
      return openGatewayTarget({
        logger: mockServices.logger.mock(),
        url: sandbox.url,
        auth,
        backends: { default: 'trino-adhoc', other: 'trino-etl' },
        otherGroup: 'etl',
        reader: { user: 'guest', password: 'guest' },
        close: () => sandbox.close(),
      });
    },
  });
}
