import { createTestConfig } from '../../../testing/createTestConfig';
import {
  ScriptedServer,
  startScriptedServer,
} from '../../../testing/startScriptedServer';
import {
  TrinoDeniedError,
  TrinoQueryError,
  TrinoUnavailableError,
} from '../errors';
import { TrinoHttp } from '../http/TrinoHttp';
import { killQuery } from './killQuery';

describe('killQuery', () => {
  let server: ScriptedServer;
  let http: TrinoHttp;
  let status: number;
  const runStatement = jest.fn();
  const kill = () =>
    killQuery({ http, queryId: "2026'/..", message: "it's", runStatement });

  beforeEach(async () => {
    jest.resetAllMocks();
    server = await startScriptedServer((_request, response) => {
      response.writeHead(status).end();
    });
    http = TrinoHttp.create(createTestConfig({ url: server.url }));
  });

  afterEach(async () => {
    await http.close();
    await server.close();
  });

  it.each([
    [202, { outcome: 'killed' }],
    [409, { outcome: 'already-ended' }],
    [410, { outcome: 'not-found' }],
  ])('takes %d as %j, and runs no statement', async (code, result) => {
    status = code;
    expect(await kill()).toEqual(result);
    expect(server.seen[0]).toMatchObject({
      method: 'PUT',
      path: `/v1/query/2026'%2F../killed`,
      body: "it's",
    });
    expect(runStatement).not.toHaveBeenCalled();
  });

  it.each([403, 404, 405])('calls the procedure after %d', async code => {
    status = code;
    runStatement.mockResolvedValue({});
    expect(await kill()).toEqual({ outcome: 'killed' });
    expect(runStatement).toHaveBeenCalledWith(
      "CALL system.runtime.kill_query(query_id => '2026''/..', message => 'it''s')",
    );
  });

  it.each([
    ['NOT_FOUND', 'Target query not found: x', { outcome: 'not-found' }],
    [
      'NOT_SUPPORTED',
      'Target query is not running: x',
      { outcome: 'already-ended' },
    ],
  ])('takes %s of the procedure as %j', async (errorName, message, result) => {
    status = 403;
    runStatement.mockRejectedValue(
      new TrinoQueryError({ errorName, trinoMessage: message }),
    );
    expect(await kill()).toEqual(result);
  });

  it('says why neither way is permitted', async () => {
    status = 403;
    const denied = new TrinoDeniedError({
      connection: 'analytics',
      status: 403,
      reason: 'PERMISSION_DENIED: Cannot kill query',
      remedy: 'grant it',
    });
    runStatement.mockRejectedValue(denied);
    await expect(kill()).rejects.toBe(denied);
  });

  it('says why the first way was refused when a gateway fails on the second', async () => {
    status = 403;
    runStatement.mockRejectedValue(
      new TrinoUnavailableError({
        connection: 'analytics',
        kind: 'server-error',
        status: 500,
        reason: '500 on POST /v1/statement',
        remedy: 'look',
      }),
    );
    await expect(kill()).rejects.toMatchObject({
      name: 'TrinoDeniedError',
      status: 403,
    });
  });

  it.each([401, 500])('does not try again after %d', async code => {
    status = code;
    await expect(kill()).rejects.toMatchObject({ status: code });
    expect(runStatement).not.toHaveBeenCalled();
  });
});
