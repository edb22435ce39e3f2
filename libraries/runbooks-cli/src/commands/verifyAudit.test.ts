import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  AUDIT_GENESIS_HASH,
  type AuditExportLine,
  auditKeyId,
  chainAuditEntry,
  signAuditCheckpoint,
} from '@lakehouse-ops/plugin-runbooks-node';
import { runCli } from '../cli';

const directory = mkdtempSync(join(tmpdir(), 'verify-audit-'));
const at = '2026-11-21T10:00:00.000Z';
const { privateKey, publicKey } = generateKeyPairSync('ed25519');
const strange = generateKeyPairSync('ed25519').publicKey;

function write(name: string, content: string): string {
  const file = join(directory, name);
  writeFileSync(file, content);
  return file;
}

const keyFile = write(
  'key.pem',
  publicKey.export({ type: 'spki', format: 'pem' }).toString(),
);
const strangeFile = write(
  'strange.pem',
  strange.export({ type: 'spki', format: 'pem' }).toString(),
);

function lines(): AuditExportLine[] {
  const all: AuditExportLine[] = [
    { type: 'export', version: 1, exportedAt: at, after: 0 },
  ];
  let head = { sequence: 0, hash: AUDIT_GENESIS_HASH };
  for (let index = 0; index < 4; index++) {
    const record = { actor: 'ünï', event: 'x', detail: { index } };
    const entry = chainAuditEntry({ record, at, head });
    head = entry;
    all.push({ type: 'entry', ...entry });
    if (index % 2 === 1) {
      all.push({
        type: 'checkpoint',
        ...signAuditCheckpoint({
          head,
          at,
          keyId: auditKeyId(publicKey),
          privateKey,
        }),
      });
    }
  }
  return [...all, { type: 'end', last: 4, complete: true }];
}

const text = (all: readonly object[]) =>
  all.map(line => `${JSON.stringify(line)}\n`).join('');

async function run(...args: string[]) {
  const out: string[] = [];
  const err: string[] = [];
  const code = await runCli(['verify-audit', ...args], {
    out: line => out.push(line),
    err: line => err.push(line),
  });
  return { code, out: out.join('\n'), err: err.join('\n') };
}

describe('runbooks verify-audit', () => {
  const whole = write('whole.ndjson', text(lines()));

  it('says that a chain is whole, and from where to where', async () => {
    expect(await run(whole, '--public-key', keyFile)).toEqual({
      code: 0,
      out: `4 entries, 2 checkpoints, chain whole from 1 (${at}) to 4 (${at}).`,
      err: '',
    });
    expect(
      await run(whole, '--public-key', strangeFile, '--public-key', keyFile),
    ).toMatchObject({ code: 0 });
    expect(
      await run(whole, '--public-key', keyFile, '--from-checkpoint', '2'),
    ).toEqual({
      code: 0,
      out: `2 entries, 2 checkpoints, chain whole from 3 (${at}) to 4 (${at}).`,
      err: 'What stands before entry 3 was not checked.',
    });
  });

  it('says what it could not vouch for', async () => {
    expect((await run(whole)).err).toContain('give the key with --public-key');
    const unsigned = lines().filter(line => line.type !== 'checkpoint');
    const result = await run(
      write('unsigned.ndjson', text(unsigned)),
      '--public-key',
      keyFile,
    );
    expect(result.code).toBe(0);
    expect(result.err).toContain('no checkpoints');
  });

  it.each<[string, (all: AuditExportLine[]) => object[], string]>([
    [
      'tampered',
      all => all.map((line, i) => (i === 2 ? { ...line, actor: 'x' } : line)),
      'BROKEN at entry 2 (hash): ',
    ],
    [
      'deleted',
      all => all.filter((_, i) => i !== 1),
      'BROKEN at entry 1 (gap)',
    ],
    [
      'swapped',
      all => [all[0], all[2], all[1], ...all.slice(3)],
      'BROKEN at entry 1 (reordered)',
    ],
    [
      'truncated',
      all => [...all.filter((_, i) => i !== 5 && i < 7)],
      'BROKEN at entry 4 (truncated): the log ends with entry 3, and a checkpoint tells that it reached 4',
    ],
  ])('names the first broken entry: %s', async (name, tamper, said) => {
    const file = write(`${name}.ndjson`, text(tamper(lines())));
    const result = await run(file, '--public-key', keyFile);
    expect(result.out).toContain(said);
    expect(result.code).toBe(1);
  });

  it('finds that another key signed', async () => {
    const result = await run(whole, '--public-key', strangeFile);
    expect(result.code).toBe(1);
    expect(result.out).toContain('BROKEN at entry 2 (signature)');
    expect(result.out).toContain('Before it: 2 entries, 0 checkpoints');
  });

  it.each<[string, string[], string]>([
    ['a missing file', [join(directory, 'none')], 'ENOENT'],
    ['what is no export', [keyFile], 'not an exported audit log'],
    ['no file', [], 'missing required argument'],
    ['a key that is none', [whole, '--public-key', whole], 'public key in PEM'],
    ['a checkpoint without a key', [whole, '--from-checkpoint', '2'], 'key'],
    ['no number', [whole, '--from-checkpoint', 'x'], 'number of an entry'],
    ['a flag that is none', [whole, '--force'], '--force'],
  ])('exits with 2 for %s', async (_what, args, said) => {
    const { code, err } = await run(...args);
    expect(code).toBe(2);
    expect(err).toContain(said);
  });

  it('takes no line that never ends', async () => {
    const file = write('long.ndjson', 'x'.repeat(4_100_000));
    const { code, err } = await run(file);
    expect(code).toBe(2);
    expect(err).toContain('longer than');
  });
});
