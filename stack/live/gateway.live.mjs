import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { runningStack } from './runningStack.mjs';

const { env, has } = runningStack();
const url = env.STACK_GATEWAY_URL;
const basic = password => ({
  authorization: `Basic ${btoa(`${env.STACK_GATEWAY_USER}:${password}`)}`,
});

/** Where a statement ran, by the gateway's own history. */
async function backendOf(group) {
  const first = await fetch(`${url}/v1/statement`, {
    method: 'POST',
    headers: { 'X-Trino-User': 'live-check', 'X-Trino-Routing-Group': group },
    body: 'SELECT 1',
  });
  let page = await first.json();
  const { id } = page;
  while (page.nextUri) {
    assert.ok(page.nextUri.startsWith(url), page.nextUri);
    page = await (await fetch(page.nextUri)).json();
  }
  assert.equal(page.error, undefined);
  const history = await fetch(`${url}/webapp/findQueryHistory`, {
    method: 'POST',
    headers: {
      ...basic(env.STACK_GATEWAY_PASSWORD),
      'content-type': 'application/json',
    },
    body: JSON.stringify({ queryId: id }),
  });
  return (await history.json()).data.rows[0].backendUrl;
}

const change = (what, name) =>
  fetch(`${url}/gateway/backend/${what}/${name}`, {
    method: 'POST',
    headers: basic(env.STACK_GATEWAY_PASSWORD),
  });

if (has('gateway')) {
  describe('Trino Gateway', () => {
    after(() => change('activate', 'trino-etl'));

    it('is closed to those who do not log in', async () => {
      const path = `${url}/gateway/backend/all`;
      assert.equal((await fetch(path)).status, 403);
      const headers = basic('wrong');
      assert.notEqual((await fetch(path, { headers })).status, 200);
    });

    it('sends a group to its Trino, and others to the default one', async () => {
      assert.equal(await backendOf('etl'), env.STACK_TRINO2_HTTP_URL);
      assert.equal(await backendOf('nobody'), env.STACK_TRINO_HTTP_URL);
    });

    it('sends a group whose Trino is deactivated to the default one', async () => {
      assert.equal((await change('deactivate', 'trino-etl')).status, 200);
      assert.equal(await backendOf('etl'), env.STACK_TRINO_HTTP_URL);
      assert.equal((await change('activate', 'trino-etl')).status, 200);
      assert.equal(await backendOf('etl'), env.STACK_TRINO2_HTTP_URL);
    });
  });
}
