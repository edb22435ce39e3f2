import { BasicAuth, Trino } from 'trino-client';
import { trinoCall } from './__testUtils__/trinoCall';
import { CANCELED } from './cluster/killQuery';
import { type Sandbox, startSandbox } from './startSandbox';

const LONG_SQL =
  'select count(*) from tpch.sf100.lineitem a join tpch.sf100.orders b on a.orderkey=b.orderkey';

describe('the client protocol', () => {
  let sandbox: Sandbox;

  beforeAll(async () => {
    sandbox = await startSandbox();
  });

  afterEach(() => {
    for (const query of sandbox.world.queries.active()) {
      sandbox.world.queries.fail(query, CANCELED);
    }
  });

  afterAll(() => sandbox.close());

  const call = (sql: string, headers?: Record<string, string>) =>
    trinoCall(sandbox, sql, headers);
  const request = (path: string, init?: RequestInit) =>
    fetch(`${sandbox.trinoUrl}${path}`, {
      ...init,
      headers: { 'X-Trino-User': 'lakehouse-ops', ...init?.headers },
    });
  const submit = async (sql: string, user = 'alice') => {
    const response = await request('/v1/statement', {
      method: 'POST',
      body: sql,
      headers: { 'X-Trino-User': user },
    });
    return response.json();
  };
  const running = async (user?: string) => {
    const page = await submit(LONG_SQL, user);
    await fetch(page.nextUri, { headers: { 'X-Trino-User': 'alice' } });
    return page;
  };

  it('goes from QUEUED to FINISHED over several pages', async () => {
    const answer = await call('SELECT 1 AS a');
    expect(answer.rows).toEqual([[1]]);
    expect(answer.states[0]).toBe('QUEUED');
    expect(answer.states.at(-1)).toBe('FINISHED');
    expect(answer.pages).toBeGreaterThan(2);
  });

  it('gives the last page again, and a page before it never', async () => {
    const page = await submit('SELECT * FROM tpch.sf1.orders LIMIT 5000');
    const get = async (uri: string) =>
      fetch(uri, { headers: { 'X-Trino-User': 'alice' } });
    const dispatched = await (await get(page.nextUri)).json();
    let second = await (await get(dispatched.nextUri)).json();
    while (!second.data) {
      second = await (await get(second.nextUri)).json();
    }
    const third = await (await get(second.nextUri)).json();
    const again = await (await get(second.nextUri)).json();
    expect(again.data).toEqual(third.data);
    expect((await get(dispatched.nextUri)).status).toBe(410);
    expect((await get(`${second.nextUri}9`)).status).toBe(404);
  });

  it('wants a name, and no password without TLS', async () => {
    const url = `${sandbox.trinoUrl}/v1/query`;
    const unnamed = await fetch(url);
    expect(unnamed.status).toBe(401);
    expect(unnamed.headers.get('www-authenticate')).toBe('Basic realm="Trino"');
    const authorization = `Basic ${Buffer.from('a:secret').toString('base64')}`;
    const withPassword = await fetch(url, { headers: { authorization } });
    expect(withPassword.status).toBe(401);
    expect(await withPassword.text()).toBe(
      'Password not allowed for insecure authentication',
    );
    for (const path of ['/v1/info', '/v1/info/state', '/v1/status']) {
      expect((await fetch(`${sandbox.trinoUrl}${path}`)).status).toBe(200);
    }
  });

  it('refuses an empty statement and unknown paths', async () => {
    const empty = await request('/v1/statement', { method: 'POST', body: ' ' });
    expect([empty.status, await empty.text()]).toEqual([
      400,
      'Error 400 Bad Request: SQL statement is empty',
    ]);
    expect((await request('/v1/cluster')).status).toBe(404);
  });

  it('hides the precision of times from clients that do not know of it', async () => {
    const sql = "SELECT TIMESTAMP '2026-01-02 03:04:05.678912' AS t";
    const old = await call(sql);
    expect(old.columns[0].type).toBe('timestamp');
    expect(old.rows).toEqual([['2026-01-02 03:04:05.679']]);
    const capable = await call(sql, {
      'X-Trino-Client-Capabilities': 'PARAMETRIC_DATETIME',
    });
    expect(capable.columns[0].type).toBe('timestamp(6)');
    expect(capable.rows).toEqual([['2026-01-02 03:04:05.678912']]);
  });

  it('sends session, catalog and prepared statements back as headers', async () => {
    expect(
      (await call("SET SESSION query_max_run_time = '7s'")).headers.get(
        'x-trino-set-session',
      ),
    ).toBe('query_max_run_time=7s');
    const used = await call('USE iceberg.gold');
    expect(used.headers.get('x-trino-set-catalog')).toBe('iceberg');
    expect(used.headers.get('x-trino-set-schema')).toBe('gold');
    const prepared = (await call('PREPARE p FROM SELECT ? + 1')).headers.get(
      'x-trino-added-prepare',
    );
    const executed = await call('EXECUTE p USING 41', {
      'X-Trino-Prepared-Statement': prepared ?? '',
    });
    expect(executed.rows).toEqual([[42]]);
    expect((await call("EXECUTE IMMEDIATE 'SELECT ?' USING 'x'")).rows).toEqual(
      [['x']],
    );
  });

  it('ends a query at its maximum run time', async () => {
    const { error } = await call(LONG_SQL, {
      'X-Trino-Session': 'query_max_run_time=50ms',
    });
    expect(error).toMatchObject({
      errorName: 'EXCEEDED_TIME_LIMIT',
      errorCode: 131075,
      errorType: 'INSUFFICIENT_RESOURCES',
    });
  });

  it.each([
    [
      'procedure',
      'ADMINISTRATIVELY_KILLED',
      38,
      'Query killed. Message: enough',
    ],
    ['killed', 'ADMINISTRATIVELY_KILLED', 38, 'Query killed. Message: enough'],
    [
      'preempted',
      'ADMINISTRATIVELY_PREEMPTED',
      131080,
      'Query preempted. Message: enough',
    ],
    ['DELETE', 'USER_CANCELED', 3, 'Query was canceled'],
  ])('ends a query by %s', async (way, errorName, errorCode, message) => {
    const { id } = await running();
    const ways: Record<string, () => Promise<unknown>> = {
      procedure: async () =>
        (
          await call(
            `CALL system.runtime.kill_query(query_id => '${id}', message => 'enough')`,
          )
        ).error,
      DELETE: async () =>
        (await request(`/v1/query/${id}`, { method: 'DELETE' })).status,
    };
    const put = async () =>
      (
        await request(`/v1/query/${id}/${way}`, {
          method: 'PUT',
          body: 'enough',
        })
      ).status;
    expect([undefined, 202, 204]).toContain(await (ways[way] ?? put)());
    const info = await (await request(`/v1/query/${id}`)).json();
    expect(info).toMatchObject({
      state: 'FAILED',
      errorCode: { name: errorName, code: errorCode },
      failureInfo: { message },
    });
  });

  it('tells ended and unknown queries apart when asked to kill', async () => {
    const { id } = await call('SELECT 1');
    const unknown = '20200101_000000_00000_aaaaa';
    const kill = (queryId: string) =>
      call(
        `CALL system.runtime.kill_query(query_id => '${queryId}', message => 'x')`,
      );
    const put = async (queryId: string) =>
      (await request(`/v1/query/${queryId}/killed`, { method: 'PUT' })).status;
    expect((await kill(id)).error).toMatchObject({
      errorName: 'NOT_SUPPORTED',
      message: `Target query is not running: ${id}`,
    });
    expect((await kill(unknown)).error).toMatchObject({
      errorName: 'NOT_FOUND',
      message: `Target query not found: ${unknown}`,
    });
    expect([await put(id), await put(unknown)]).toEqual([409, 410]);
    expect((await request(`/v1/query/${unknown}`)).status).toBe(410);
  });

  it('lets people see and stop only what they may', async () => {
    const { id } = await running('carol');
    const as = (user: string) => ({ headers: { 'X-Trino-User': user } });
    const get = async (path: string, user: string) =>
      (await request(path, as(user))).status;
    expect(await get(`/v1/query/${id}`, 'monitor')).toBe(200);
    expect(await get(`/v1/query/${id}`, 'alice')).toBe(403);
    expect(await get('/metrics', 'monitor')).toBe(200);
    expect(await get('/metrics', 'alice')).toBe(403);
    const list = await (await request('/v1/query', as('alice'))).json();
    expect(
      list.every(
        (one: { session: { user: string } }) => one.session.user === 'alice',
      ),
    ).toBe(true);
    for (const [user, message] of [
      ['monitor', 'Access Denied: Cannot kill query'],
      [
        'alice',
        'Access Denied: Cannot execute procedure system.runtime.kill_query',
      ],
    ]) {
      const { error } = await call(
        `CALL system.runtime.kill_query(query_id => '${id}', message => 'x')`,
        { 'X-Trino-User': user },
      );
      expect(error).toMatchObject({ errorCode: 4, message });
    }
    await request(`/v1/query/${id}`, { method: 'DELETE' });
  });

  it('writes figures as OpenMetrics, only those asked for', async () => {
    const name = 'trino_execution_name_QueryManager_CompletedQueries';
    const response = await request(`/metrics?name[]=${name}`);
    expect(response.headers.get('content-type')).toContain('openmetrics-text');
    expect(await response.text()).toMatch(
      new RegExp(`^# TYPE ${name} counter\\n${name} \\d+\\n# EOF\\n$`),
    );
    const bean = await (
      await request(
        '/v1/jmx/mbean/trino.memory:type=ClusterMemoryPool,name=general',
      )
    ).json();
    expect(bean.attributes.map((a: { name: string }) => a.name)).toContain(
      'TotalDistributedBytes',
    );
    expect((await request('/v1/jmx/mbean/no:name=x')).status).toBe(500);
  });

  it('queues what goes beyond a group, and lets it in later', async () => {
    const ids: string[] = [];
    for (let i = 0; i < 4; i++) {
      ids.push((await submit(LONG_SQL, 'dmitri')).id);
    }
    await new Promise(resolve => setTimeout(resolve, 20));
    const states = async () =>
      Promise.all(
        ids.map(
          async id => (await (await request(`/v1/query/${id}`)).json()).state,
        ),
      );
    expect((await states()).sort()).toEqual([
      'QUEUED',
      'RUNNING',
      'RUNNING',
      'RUNNING',
    ]);
    const group = await (
      await request('/v1/resourceGroupState/global/adhoc')
    ).json();
    expect(group).toMatchObject({
      id: ['global', 'adhoc'],
      state: 'FULL',
      numRunningQueries: 3,
      numQueuedQueries: 1,
    });
    await request(`/v1/query/${ids[0]}`, { method: 'DELETE' });
    await new Promise(resolve => setTimeout(resolve, 20));
    expect((await states())[3]).toBe('RUNNING');
    await Promise.all(
      ids.map(id => request(`/v1/query/${id}`, { method: 'DELETE' })),
    );
  });

  it('remembers a hundred ended queries', async () => {
    const { queries } = sandbox.world;
    const { session } = queries.all()[0];
    for (let i = 0; i < 105; i++) {
      const query = queries.submit({
        session,
        sql: 'SELECT 1',
        prepare: () => {
          throw new Error('It was canceled before.');
        },
      });
      queries.fail(query, CANCELED);
    }
    expect(await (await request('/v1/query')).json()).toHaveLength(100);
  });

  it('serves trino-client', async () => {
    const client = Trino.create({
      server: sandbox.trinoUrl,
      catalog: 'tpch',
      schema: 'sf1',
      auth: new BasicAuth('dev'),
    });
    let rows = 0;
    for await (const page of await client.query(
      'select orderkey, custkey from orders limit 6000',
    )) {
      rows += page.data?.length ?? 0;
    }
    expect(rows).toBe(6000);
    const failed = await (await client.query('selec 1')).next();
    expect(failed.value.error?.errorName).toBe('SYNTAX_ERROR');
    await expect(
      client.queryInfo('20200101_000000_00000_aaaaa'),
    ).rejects.toMatchObject({ response: { status: 410 } });
  });
});
