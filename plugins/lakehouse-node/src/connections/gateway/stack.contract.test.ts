import { mockServices } from '@backstage/backend-test-utils';
import { gatewayContract } from '../../testing/gateway/gatewayContract';
import { openGatewayTarget } from '../../testing/gateway/openGatewayTarget';

/** Set by `node stack/cli.mjs env`; without them there is no real gateway to run on. */
const {
  STACK_GATEWAY_URL: url,
  STACK_GATEWAY_USER: user,
  STACK_GATEWAY_PASSWORD: password,
  STACK_GATEWAY_READER_USER: readerUser,
  STACK_GATEWAY_READER_PASSWORD: readerPassword,
  STACK_GATEWAY_DEFAULT_BACKEND: defaultBackend = 'trino-adhoc',
  STACK_GATEWAY_OTHER_BACKEND: otherBackend = 'trino-etl',
  STACK_GATEWAY_OTHER_GROUP: otherGroup = 'etl',
} = process.env;

const LOGINS =
  user && password
    ? [
        { type: 'form', user, password } as const,
        { type: 'basic', user, password } as const,
      ]
    : [{ type: 'none' } as const];

if (url) {
  for (const auth of LOGINS) {
    gatewayContract({
      name: `real Trino Gateway with login ${auth.type}`,
      open: async () =>
        openGatewayTarget({
          logger: mockServices.logger.mock(),
          url,
          auth,
          backends: { default: defaultBackend, other: otherBackend },
          otherGroup,
          reader:
            readerUser && readerPassword
              ? { user: readerUser, password: readerPassword }
              : undefined,
        }),
    });
  }
}

describe('the contract on a real gateway', () => {
  it('runs when the variables of the stack are set', () => {
    expect(url).toBe(process.env.STACK_GATEWAY_URL);
  });
});
