import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { loadSecrets } from './secrets.mjs';

const folder = mkdtempSync(join(tmpdir(), 'stack-secrets-'));
after(() => rmSync(folder, { recursive: true }));

describe('loadSecrets', () => {
  it('makes secrets once, for their owner alone', () => {
    const file = join(folder, 'new.json');
    const secrets = loadSecrets(file);
    assert.equal(statSync(file).mode & 0o777, 0o600);
    assert.ok(secrets.ingestToken.length >= 32);
    assert.equal(
      new Set(Object.values(secrets)).size,
      Object.keys(secrets).length,
    );
    assert.deepEqual(loadSecrets(file), secrets);
  });

  it('adds what an older file lacks and keeps the rest', () => {
    const file = join(folder, 'old.json');
    writeFileSync(file, JSON.stringify({ ingestToken: 'kept' }));
    const secrets = loadSecrets(file);
    assert.equal(secrets.ingestToken, 'kept');
    assert.ok(secrets.backendSecret);
  });
});
