import { mockServices } from '@backstage/backend-test-utils';
import { startSandbox } from '@lakehouse-ops/sandbox';
import { createTestConfig } from '../../testing/createTestConfig';
import { openConnections } from '../../testing/openConnections';
import { trinoConnectionContract } from '../../testing/trinoConnectionContract';

trinoConnectionContract({
  name: 'the sandbox',
  open: async () => {
    const sandbox = await startSandbox({ port: 0, workload: false });
    const { connect, close } = openConnections(
      user =>
        createTestConfig({
          url: sandbox.trinoUrl,
          user: user === 'admin' ? 'lakehouse-ops' : user,
        }),
      mockServices.logger.mock(),
    );
    return {
      connect,
      async close() {
        await close();
        await sandbox.close();
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
    };
  },
});
