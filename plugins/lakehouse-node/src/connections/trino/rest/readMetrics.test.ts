import { createTestConfig } from '../../../testing/createTestConfig';
import {
  ScriptedServer,
  startScriptedServer,
} from '../../../testing/startScriptedServer';
import { TrinoHttp } from '../http/TrinoHttp';
import { readMetrics } from './readMetrics';

describe('readMetrics', () => {
  let server: ScriptedServer;
  let http: TrinoHttp;

  beforeEach(async () => {
    server = await startScriptedServer((request, response) => {
      const names = new URL(request.path, server.url).searchParams.getAll(
        'name[]',
      );
      response.end(names.map((name, i) => `${name} ${i}.0`).join('\n'));
    });
    http = TrinoHttp.create(createTestConfig({ url: server.url }));
  });

  afterEach(async () => {
    await http.close();
    await server.close();
  });

  it('asks for many names in several requests, for none in none', async () => {
    const names = Array.from({ length: 100 }, (_, i) => `trino_figure_${i}`);
    const figures = await readMetrics({ http, names: [...names, names[0]] });
    expect(figures.size).toBe(100);
    expect(server.seen).toHaveLength(3);
    expect(await readMetrics({ http, names: [] })).toEqual(new Map());
    expect(server.seen).toHaveLength(3);
  });
});
