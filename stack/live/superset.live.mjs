import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { waitUntil } from '../lib/wait.mjs';
import { runningStack } from './runningStack.mjs';
import { loginToSuperset } from './supersetClient.mjs';

/** Alerts are evaluated once a minute. */
const ALERTS_TIMEOUT_MS = 150_000;

const { env, has, isSupersetCacheSplit } = runningStack();
const url = env.STACK_SUPERSET_URL;
const connect = (user, password) => loginToSuperset({ url, user, password });

function supersetChecks() {
  let ops;
  before(async () => {
    ops = await connect(env.STACK_SUPERSET_USER, env.STACK_SUPERSET_PASSWORD);
  });

  it('evaluates its alerts', async () => {
    const expected = {
      'Orders wait for too long': /^(Success|On Grace|Working)$/,
      'Orders wait, told once an hour': /^(Success|On Grace)$/,
      'Orders below zero': /^Not triggered$/,
      'Payments without an order': /^(Error|On Grace)$/,
    };
    let states;
    await waitUntil({
      check: async () => {
        const { body } = await ops('GET', '/api/v1/report/');
        states = new Map(body.result.map(each => [each.name, each]));
        return Object.entries(expected).every(
          ([name, state]) =>
            states.get(name)?.last_eval_dttm &&
            state.test(states.get(name).last_state),
        );
      },
      timeoutMs: ALERTS_TIMEOUT_MS,
    });
    for (const [name, state] of Object.entries(expected)) {
      assert.match(states.get(name).last_state, state, name);
      assert.ok(states.get(name).last_eval_dttm, name);
    }
  });

  it(`invalidates a chart's data${
    isSupersetCacheSplit ? ', says so, and leaves it' : ''
  }`, async () => {
    const { dataset, isCached } = await shopChart(ops);
    await isCached();
    assert.equal(await isCached(), true);
    const { status } = await ops('POST', '/api/v1/cachekey/invalidate', {
      datasource_uids: [`${dataset}__table`],
    });
    assert.equal(status, 201);
    assert.equal(await isCached(), isSupersetCacheSplit);
  });

  it('lets lakehouse-ops warm a chart', async () => {
    const { chart } = await shopChart(ops);
    const { status, body } = await ops('PUT', '/api/v1/chart/warm_up_cache', {
      chart_id: chart,
    });
    assert.equal(status, 200);
    assert.equal(body.result[0].viz_status, 'success');
  });

  it('lets lakehouse-viewer see all and change nothing', async () => {
    const viewer = await connect(
      'lakehouse-viewer',
      env.STACK_SUPERSET_VIEWER_PASSWORD,
    );
    const { body } = await viewer('GET', '/api/v1/report/');
    assert.equal(body.count, 5);
    const { status } = await viewer('POST', '/api/v1/cachekey/invalidate', {
      datasource_uids: ['1__table'],
    });
    assert.ok(status >= 400);
  });

  it('shows lakehouse-narrow nothing', async () => {
    const narrow = await connect(
      'lakehouse-narrow',
      env.STACK_SUPERSET_NARROW_PASSWORD,
    );
    for (const list of ['report', 'dashboard', 'chart']) {
      const { status, body } = await narrow('GET', `/api/v1/${list}/`);
      assert.equal(status, 200);
      assert.equal(body.count, 0, list);
    }
  });

  it('refuses a wrong password', async () => {
    await assert.rejects(connect('lakehouse-ops', 'wrong'), /401/);
  });

  if (has('trino')) {
    it("fills the charts of the dashboard 'Orders' from Trino", async () => {
      const { body } = await ops('GET', '/api/v1/dashboard/orders/charts');
      assert.ok(body.result.length >= 3);
      for (const { id } of body.result) {
        const answer = await ops(
          'POST',
          '/api/v1/chart/data',
          await queryOf(ops, id),
        );
        assert.equal(answer.status, 200);
        assert.ok(answer.body.result[0].rowcount > 1);
      }
    });
  }
}

async function queryOf(call, chart) {
  const { body } = await call('GET', `/api/v1/chart/${chart}`);
  return JSON.parse(body.result.query_context);
}

async function shopChart(call) {
  const { body } = await call('GET', '/api/v1/dashboard/shop/charts');
  const chart = body.result[0].id;
  const query = await queryOf(call, chart);
  return {
    chart,
    dataset: query.datasource.id,
    async isCached() {
      const answer = await call('POST', '/api/v1/chart/data', query);
      return answer.body.result[0].is_cached === true;
    },
  };
}

if (has('superset')) {
  describe('Superset', supersetChecks);
}
