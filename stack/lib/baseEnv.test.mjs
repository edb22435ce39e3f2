import assert from 'node:assert/strict';
import { test } from 'node:test';
import { baseEnv } from './baseEnv.mjs';

test('passes on what servers need, and nothing else', () => {
  assert.deepEqual(
    baseEnv({ PATH: '/bin', LANG: 'de_DE.UTF-8', JAVA_TOOL_OPTIONS: '-Xmx1m' }),
    { PATH: '/bin', LANG: 'de_DE.UTF-8' },
  );
});

test('sets a locale with UTF-8 where there is none', () => {
  assert.equal(baseEnv({ PATH: '/bin' }).LC_ALL, 'C.UTF-8');
  assert.equal(baseEnv({ LANG: 'C' }).LC_ALL, 'C.UTF-8');
  assert.equal(baseEnv({ LANG: 'C.UTF-8', LC_ALL: 'POSIX' }).LC_ALL, 'C.UTF-8');
});
