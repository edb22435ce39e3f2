import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { it } from 'node:test';
import { PEOPLE } from './people.mjs';

it('the people are those of the example catalog', () => {
  const catalog = readFileSync(
    new URL('../../examples/catalog/org.yaml', import.meta.url),
    'utf8',
  );
  const known = [...catalog.matchAll(/email: (\S+)/g)].map(([, mail]) => mail);
  assert.deepEqual(PEOPLE.map(({ email }) => email).sort(), known.sort());
});
