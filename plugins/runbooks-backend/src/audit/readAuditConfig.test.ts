import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ConfigReader } from '@backstage/config';
import type { JsonObject } from '@backstage/types';
import { readAuditConfig } from './readAuditConfig';

const pem = generateKeyPairSync('ed25519')
  .privateKey.export({ type: 'pkcs8', format: 'pem' })
  .toString();

const read = (audit?: JsonObject) =>
  readAuditConfig(new ConfigReader({ runbooks: { audit } }));

describe('readAuditConfig', () => {
  it('signs nothing unless a key is given', () => {
    expect(read()).toEqual({ checkpointEveryMs: 600_000 });
  });

  it('takes a key or a file that holds one, and names it', () => {
    const file = join(mkdtempSync(join(tmpdir(), 'audit-')), 'key.pem');
    writeFileSync(file, pem);
    const inline = read({ signingKey: pem, checkpointEvery: '1h' });
    expect(inline.checkpointEveryMs).toBe(3_600_000);
    expect(inline.signer?.keyId).toMatch(/^[0-9a-f]{16}$/);
    expect(read({ signingKeyFile: file }).signer?.keyId).toBe(
      inline.signer?.keyId,
    );
    expect(read({ signingKey: pem, keyId: '2026' }).signer?.keyId).toBe('2026');
  });

  it.each<[string, JsonObject, string]>([
    ['two keys', { signingKey: pem, signingKeyFile: 'x' }, 'Keep one of them'],
    ['a name without a key', { keyId: 'x' }, 'names a key that is not there'],
    [
      'a long name',
      { signingKey: pem, keyId: 'x'.repeat(65) },
      '65 characters',
    ],
    ['a missing file', { signingKeyFile: '/none' }, 'signingKeyFile can'],
    [
      'another kind of key',
      {
        signingKey: generateKeyPairSync('x25519')
          .privateKey.export({ type: 'pkcs8', format: 'pem' })
          .toString(),
      },
      'x25519',
    ],
    ['no time', { checkpointEvery: { seconds: 0 } }, 'longer than 0'],
  ])('refuses %s', (_what, audit, said) => {
    expect(() => read(audit)).toThrow(said);
  });

  it('never quotes what should have been a key', () => {
    expect(() => read({ signingKey: 'hunter2' })).toThrow(
      /^runbooks.audit.signingKey is no private key in PEM/,
    );
  });
});
