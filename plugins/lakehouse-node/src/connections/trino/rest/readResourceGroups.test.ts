import { createTestConfig } from '../../../testing/createTestConfig';
import {
  ScriptedServer,
  sendJson,
  startScriptedServer,
} from '../../../testing/startScriptedServer';
import { TrinoHttp } from '../http/TrinoHttp';
import { readResourceGroups } from './readResourceGroups';

describe('readResourceGroups', () => {
  let server: ScriptedServer;
  let http: TrinoHttp;

  beforeEach(async () => {
    const group = (id: string[], subGroups?: unknown[]) => ({
      id,
      state: 'CAN_RUN',
      numRunningQueries: id.length,
      numQueuedQueries: 0,
      hardConcurrencyLimit: 20,
      maxQueuedQueries: 500,
      softMemoryLimit: '1555247923B',
      memoryUsage: '1kB',
      subGroups,
    });
    server = await startScriptedServer((_request, response) =>
      sendJson(
        response,
        group(
          ['global'],
          [group(['global', 'a.b'], [group(['global', 'a.b', 'c'])])],
        ),
      ),
    );
    http = TrinoHttp.create(createTestConfig({ url: server.url }));
  });

  afterEach(async () => {
    await http.close();
    await server.close();
  });

  it('flattens the tree, parents first', async () => {
    const groups = await readResourceGroups({ http, root: 'glo/bal' });
    expect(server.seen[0].path).toBe('/v1/resourceGroupState/glo%2Fbal');
    expect(groups.map(one => [one.path, one.running])).toEqual([
      ['global', 1],
      ['global.a.b', 2],
      ['global.a.b.c', 3],
    ]);
    expect(groups[0]).toEqual({
      path: 'global',
      state: 'CAN_RUN',
      running: 1,
      queued: 0,
      hardConcurrencyLimit: 20,
      maxQueued: 500,
      softMemoryLimitBytes: 1_555_247_923,
      memoryUsageBytes: 1024,
    });
  });
});
