import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { waitUntil } from '../lib/wait.mjs';
import { runningStack } from './runningStack.mjs';

/** Two scrapes. */
const SCRAPED_TIMEOUT_MS = 40_000;

const { env, has } = runningStack();

async function query(text) {
  const response = await fetch(
    `${env.STACK_PROMETHEUS_URL}/api/v1/query?${new URLSearchParams({
      query: text,
    })}`,
  );
  return (await response.json()).data.result;
}

if (has('prometheus')) {
  describe('Prometheus', () => {
    it('scrapes itself', async () => {
      const isUp = await waitUntil({
        check: async () =>
          (await query('up{job="prometheus"}'))[0]?.value[1] === '1',
        timeoutMs: SCRAPED_TIMEOUT_MS,
      });
      assert.ok(isUp);
    });

    if (has('trino')) {
      it("has Trino's figures", async () => {
        const text = 'trino_execution_name_QueryManager_RunningQueries';
        const isThere = await waitUntil({
          check: async () => (await query(text)).length > 0,
          timeoutMs: SCRAPED_TIMEOUT_MS,
        });
        assert.ok(isThere);
      });
    }
  });
}
