import { mockServices } from '@backstage/backend-test-utils';
import { createTestConfig } from '../../../testing/createTestConfig';
import {
  ScriptedServer,
  sendJson,
  startScriptedServer,
} from '../../../testing/startScriptedServer';
import {
  TrinoDeniedError,
  TrinoQueryError,
  TrinoUnavailableError,
} from '../errors';
import { TrinoHttp } from '../http/TrinoHttp';
import { probeKill } from './probeKill';

describe('probeKill', () => {
  let server: ScriptedServer;
  let http: TrinoHttp;
  let owners: string[];
  let killable: string[];
  const run = jest.fn();
  const probe = () =>
    probeKill({
      http,
      run,
      logger: mockServices.logger.mock(),
      signal: new AbortController().signal,
    });
  const kills = () =>
    server.seen.filter(one => one.method === 'PUT').map(one => one.path);

  beforeEach(async () => {
    jest.resetAllMocks();
    server = await startScriptedServer((request, response) => {
      if (request.method === 'PUT') {
        const owner = request.path.split('/')[3];
        response.writeHead(killable.includes(owner) ? 409 : 403).end();
      } else if (request.path.includes('state=FAILED')) {
        sendJson(response, []);
      } else {
        sendJson(
          response,
          owners.map(user => ({
            queryId: user,
            state: 'FINISHED',
            session: { user },
            queryStats: { createTime: '2026-01-01T00:00:00Z' },
          })),
        );
      }
    });
    http = TrinoHttp.create(createTestConfig({ url: server.url }));
  });

  afterEach(async () => {
    await http.close();
    await server.close();
  });

  it('is there when an ended query of someone else could be killed if it ran', async () => {
    owners = ['lakehouse-ops', 'etl', 'alice'];
    killable = ['alice'];
    expect(await probe()).toEqual({ id: 'query.kill', available: true });
    expect(kills()).toEqual(['/v1/query/etl/killed', '/v1/query/alice/killed']);
    expect(run).not.toHaveBeenCalled();
  });

  it('is not there when none could, and asks for a few owners only', async () => {
    owners = ['a', 'b', 'c', 'd', 'e', 'f', 'g'];
    killable = [];
    expect(await probe()).toEqual({
      id: 'query.kill',
      available: false,
      reason: 'user lakehouse-ops may not kill queries of a, b, c, d, e',
      remedy: expect.stringContaining('lakehouse-ops'),
    });
    expect(kills()).toHaveLength(5);
  });

  it('says what it can not know where no query of others is seen', async () => {
    owners = ['lakehouse-ops'];
    run.mockRejectedValue(
      new TrinoQueryError({ errorName: 'NOT_FOUND', trinoMessage: 'x' }),
    );
    expect(await probe()).toEqual({
      id: 'query.kill',
      available: true,
      reason: expect.stringContaining('shows with the first kill'),
      remedy: expect.any(String),
    });
    expect(kills()).toEqual([]);
    expect(run).toHaveBeenCalledWith(
      expect.stringContaining("query_id => '19700101_000000_00000_aaaaa'"),
    );
  });

  it('is not taken for missing because a gateway fails on the procedure', async () => {
    owners = [];
    run.mockRejectedValue(
      new TrinoUnavailableError({
        connection: 'analytics',
        kind: 'server-error',
        status: 500,
        reason: '500 on POST /v1/statement',
        remedy: 'look',
      }),
    );
    expect(await probe()).toEqual({
      id: 'query.kill',
      available: true,
      reason: expect.stringContaining('gateway before Trino'),
      remedy: expect.stringContaining('analyzeRequest'),
    });
  });

  it('is not there when the procedure may not be executed either', async () => {
    owners = [];
    run.mockRejectedValue(
      new TrinoDeniedError({
        connection: 'analytics',
        status: 403,
        reason: 'Cannot execute procedure system.runtime.kill_query',
        remedy: 'grant it',
      }),
    );
    expect(await probe()).toEqual({
      id: 'query.kill',
      available: false,
      reason: 'Cannot execute procedure system.runtime.kill_query',
      remedy: 'grant it',
    });
  });
});
