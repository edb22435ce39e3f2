import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { run } from '../lib/checks.mjs';
import { root } from '../lib/paths.mjs';
import { installPacked, readPackage } from './packed.mjs';

const PACKAGES = [
  'plugins/runbooks-common',
  'plugins/runbooks-node',
  'libraries/runbooks-cli',
];
const RUNBOOKS = join(
  root,
  'plugins/runbooks-backend-module-lakehouse/runbooks',
);
const AT = '2026-01-01T00:00:00.000Z';
const LIMIT_MS = 300_000;

const folder = mkdtempSync(join(tmpdir(), 'lakehouse-ops-published-'));
after(() => rmSync(folder, { recursive: true, force: true }));

function write(name, content) {
  const file = join(folder, name);
  writeFileSync(file, content);
  return file;
}

describe('@lakehouse-ops/runbooks as it is published', () => {
  let installed;
  const node = () => installed.get('@lakehouse-ops/plugin-runbooks-node');

  before(
    async () => {
      installed = await installPacked(PACKAGES, folder);
    },
    { timeout: LIMIT_MS },
  );

  function runbooks(...args) {
    const cli = installed.get('@lakehouse-ops/runbooks');
    const { bin } = readPackage(cli);
    const script = join(cli, typeof bin === 'string' ? bin : bin.runbooks);
    assert.match(readFileSync(script, 'utf8'), /^#!\/usr\/bin\/env node\n/);
    return run(process.execPath, [script, ...args], {
      cwd: folder,
      quiet: true,
    });
  }

  it('lints runbook files', async () => {
    const whole = await runbooks('lint', RUNBOOKS);
    assert.equal(whole.code, 0, whole.output);
    assert.match(whole.output, /^\d+ files, 0 errors/m);
    const broken = await runbooks(
      'lint',
      write('broken.yaml', 'kind: Runbook\nmetadata: 1\n'),
    );
    assert.equal(broken.code, 1, broken.output);
    assert.match(broken.output, /broken\.yaml:2:\d+ error metadata /);
  });

  it('verifies an audit log', async () => {
    const { privateKey, publicKey } = generateKeyPairSync('ed25519');
    const key = write(
      'key.pem',
      publicKey.export({ type: 'spki', format: 'pem' }),
    );
    const lines = exported(privateKey, publicKey);
    const verify = async (name, all) =>
      runbooks(
        'verify-audit',
        write(name, all.map(line => `${JSON.stringify(line)}\n`).join('')),
        '--public-key',
        key,
      );
    const whole = await verify('whole.ndjson', lines);
    assert.equal(whole.code, 0, whole.output);
    assert.match(whole.output, /2 entries, 1 checkpoint, chain whole/);
    const tampered = await verify(
      'tampered.ndjson',
      lines.map((line, at) => (at === 1 ? { ...line, actor: 'other' } : line)),
    );
    assert.equal(tampered.code, 1, tampered.output);
    assert.match(tampered.output, /BROKEN at entry 1/);
  });

  function exported(privateKey, publicKey) {
    const {
      AUDIT_GENESIS_HASH,
      auditKeyId,
      chainAuditEntry,
      signAuditCheckpoint,
    } = createRequire(join(node(), 'package.json'))(node());
    const entries = [];
    let head = { sequence: 0, hash: AUDIT_GENESIS_HASH };
    for (const event of ['run-started', 'run-ended']) {
      head = chainAuditEntry({
        record: { actor: 'user:default/olivia', event, detail: {} },
        at: AT,
        head,
      });
      entries.push({ type: 'entry', ...head });
    }
    const checkpoint = signAuditCheckpoint({
      head,
      at: AT,
      keyId: auditKeyId(publicKey),
      privateKey,
    });
    return [
      { type: 'export', version: 1, exportedAt: AT, after: 0 },
      ...entries,
      { type: 'checkpoint', ...checkpoint },
      { type: 'end', last: head.sequence, complete: true },
    ];
  }
});
