import { mockServices } from '@backstage/backend-test-utils';
import { DefaultTrinoConnection } from '@lakehouse-ops/plugin-lakehouse-node';
import {
  trinoConnectionContract,
  type TrinoContractUser,
} from '@lakehouse-ops/plugin-lakehouse-node/testing';
import { startSandbox } from './startSandbox';

trinoConnectionContract({
  name: 'the sandbox',
  async open() {
    const sandbox = await startSandbox();
    const connections = new Map<string, DefaultTrinoConnection>();
    return {
      connect(person: TrinoContractUser) {
        const known = connections.get(person);
        if (known) {
          return known;
        }
        const connection = DefaultTrinoConnection.create({
          logger: mockServices.logger.mock(),
          config: {
            id: 'analytics',
            title: 'Analytics',
            url: sandbox.trinoUrl,
            user: person === 'admin' ? 'lakehouse-ops' : person,
            source: 'lakehouse-ops',
            clientTags: [],
            auth: { type: 'none' },
            tls: {},
            advertisedOrigins: [],
            statementTimeoutMs: 60_000,
            requestTimeoutMs: 30_000,
            maxResponseBytes: 16 * 1024 * 1024,
            queryListMaxBytes: 64 * 1024 * 1024,
            capabilitiesTtlMs: 600_000,
            breaker: { failures: 5, reopenAfterMs: 1000 },
          },
        });
        connections.set(person, connection);
        return connection;
      },
      scratch: { catalog: 'iceberg', schema: 'lake' },
      oddTable: {
        catalog: 'iceberg',
        schema: 'lake',
        table: 'we"ird.na$me ü',
      },
      longSql: 'SELECT count(DISTINCT comment) FROM tpch.sf1000.lineitem',
      manyRowsSql:
        'SELECT orderkey, linenumber, comment FROM tpch.sf1.lineitem LIMIT 30000',
      async close() {
        await Promise.all([...connections.values()].map(one => one.close()));
        await sandbox.close();
      },
    };
  },
});
