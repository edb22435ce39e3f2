import { startSupersetSandbox } from '@lakehouse-ops/sandbox';
import { supersetContract } from '../../testing/superset';
import { createSupersetTestConfig } from '../../testing/superset/createSupersetTestConfig';
import { DefaultSupersetConnection } from './DefaultSupersetConnection';

supersetContract({
  name: 'the sandbox',
  open: async () => {
    const sandbox = await startSupersetSandbox({ port: 0 });
    const connect = (password: string) =>
      DefaultSupersetConnection.create({
        config: createSupersetTestConfig({
          url: sandbox.url,
          auth: { type: 'password', user: 'admin', password, provider: 'db' },
        }),
      });
    const connection = connect('admin');
    const stranger = connect('wrong');
    return {
      connection,
      stranger,
      dashboardId: '1',
      chartId: '1',
      datasetId: '1',
      alertId: '1',
      async close() {
        await Promise.all([connection.close(), stranger.close()]);
        await sandbox.close();
      },
    };
  },
});
