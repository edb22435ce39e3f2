import { mockServices } from '@backstage/backend-test-utils';
import { createTestConfig } from '../../testing/createTestConfig';
import { openConnections } from '../../testing/openConnections';
import { trinoConnectionContract } from '../../testing/trinoConnectionContract';
import type {
  TrinoContractTarget,
  TrinoContractUser,
} from '../../testing/TrinoContractTarget';
import type { TrinoConnectionConfig } from './config';
import { quoteIdentifier, quoteTable } from './identifiers';

/** Set by `node stack/cli.mjs env`; without them there is no real server to run on. */
const {
  STACK_TRINO_HTTP_URL: httpUrl,
  STACK_TRINO_HTTPS_URL: httpsUrl,
  STACK_TRINO_CA_FILE: caFile,
} = process.env;

const SCRATCH = { catalog: 'iceberg', schema: 'lake' };
const ODD_TABLE = {
  catalog: 'memory',
  schema: 'default',
  table: 'we"ird.na$me ü',
};

function overHttp(url: string, user: TrinoContractUser): TrinoConnectionConfig {
  return createTestConfig({
    url,
    user: user === 'admin' ? 'lakehouse-ops' : user,
  });
}

function overHttps(
  url: string,
  user: TrinoContractUser,
): TrinoConnectionConfig {
  const variable = `STACK_TRINO_${user.toUpperCase()}_PASSWORD`;
  const password = process.env[variable];
  if (!password) throw new Error(`${variable} is not set.`);
  return createTestConfig({
    url,
    user,
    auth: { type: 'basic', user, password },
    tls: { caFile },
  });
}

async function openTarget(
  configOf: (user: TrinoContractUser) => TrinoConnectionConfig,
): Promise<TrinoContractTarget> {
  const { connect, close } = openConnections(
    configOf,
    mockServices.logger.mock(),
  );
  await connect('admin').query(
    `CREATE SCHEMA IF NOT EXISTS ${quoteIdentifier(
      SCRATCH.catalog,
    )}.${quoteIdentifier(SCRATCH.schema)}`,
  );
  await connect('admin').query(
    `CREATE TABLE IF NOT EXISTS ${quoteTable(ODD_TABLE)} AS SELECT 1 AS a`,
  );
  return {
    connect,
    close,
    scratch: SCRATCH,
    oddTable: ODD_TABLE,
    longSql: 'SELECT count(DISTINCT comment) FROM tpch.sf1000.lineitem',
    manyRowsSql:
      'SELECT orderkey, linenumber, comment FROM tpch.sf1.lineitem LIMIT 30000',
  };
}

if (httpUrl) {
  trinoConnectionContract({
    name: 'real Trino over HTTP',
    open: () => openTarget(user => overHttp(httpUrl, user)),
  });
}
if (httpsUrl) {
  trinoConnectionContract({
    name: 'real Trino over TLS with passwords',
    open: () => openTarget(user => overHttps(httpsUrl, user)),
  });

  describe('real Trino over TLS', () => {
    const refusal = async (overrides: Partial<TrinoConnectionConfig>) => {
      const { connect, close } = openConnections(
        user => ({
          ...overHttps(httpsUrl, user),
          ...overrides,
        }),
        mockServices.logger.mock(),
      );
      const error = await connect('alice')
        .query('SELECT 1')
        .catch(e => e);
      await close();
      return error;
    };

    it('refuses a wrong password', async () => {
      expect(
        await refusal({
          auth: { type: 'basic', user: 'alice', password: 'wrong' },
        }),
      ).toMatchObject({
        name: 'TrinoDeniedError',
        status: 401,
        remedy: expect.stringContaining('auth.password'),
      });
    });

    it('refuses no password', async () => {
      expect(await refusal({ auth: { type: 'none' } })).toMatchObject({
        name: 'TrinoDeniedError',
        status: 401,
      });
    });

    it('does not trust an unknown CA', async () => {
      expect(await refusal({ tls: {} })).toMatchObject({
        name: 'TrinoUnavailableError',
        kind: 'unreachable',
        remedy: expect.stringContaining('tls.caFile'),
      });
    });

    it('does not let a user act as another', async () => {
      expect(await refusal({ user: 'admin' })).toMatchObject({
        name: 'TrinoDeniedError',
      });
    });
  });
}

describe('the contract on real servers', () => {
  it('runs when the variables of the stack are set', () => {
    expect({ httpUrl, httpsUrl }).toEqual({
      httpUrl: process.env.STACK_TRINO_HTTP_URL,
      httpsUrl: process.env.STACK_TRINO_HTTPS_URL,
    });
  });
});
