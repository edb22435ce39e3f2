import { generateKeyPairSync } from 'node:crypto';
import type { AuditEntry } from '@lakehouse-ops/plugin-runbooks-common';
import { AUDIT_GENESIS_HASH, chainAuditEntry } from './auditChain';
import {
  type AuditCheckpoint,
  auditKeyId,
  signAuditCheckpoint,
} from './AuditCheckpoint';
import type { AuditExportLine } from './AuditExportLine';
import { AuditExportVerifier } from './AuditExportVerifier';

const at = '2026-11-21T10:00:00.000Z';
const { privateKey, publicKey } = generateKeyPairSync('ed25519');
const other = generateKeyPairSync('ed25519');

type Entry = Extract<AuditExportLine, { type: 'entry' }>;

function chain(length: number): Entry[] {
  const entries: Entry[] = [];
  let head = { sequence: 0, hash: AUDIT_GENESIS_HASH };
  for (let index = 0; index < length; index++) {
    const entry: AuditEntry = chainAuditEntry({
      record: { actor: 'user:default/alice', event: 'x', detail: { index } },
      at,
      head,
    });
    entries.push({ type: 'entry', ...entry });
    head = entry;
  }
  return entries;
}

function sign(
  head: AuditCheckpoint | Entry,
  key = privateKey,
): AuditExportLine {
  return {
    type: 'checkpoint',
    ...signAuditCheckpoint({
      head,
      at,
      keyId: auditKeyId(key),
      privateKey: key,
    }),
  };
}

const begin = (after = 0): AuditExportLine => ({
  type: 'export',
  version: 1,
  exportedAt: at,
  after,
});
const end = (last: number, complete = true): AuditExportLine => ({
  type: 'end',
  last,
  complete,
});

function verify(
  lines: readonly object[],
  options: Parameters<typeof AuditExportVerifier.create>[0] = {
    publicKeys: [publicKey],
  },
) {
  const verifier = AuditExportVerifier.create(options);
  for (const line of lines) {
    if (!verifier.take(JSON.stringify(line))) break;
  }
  return verifier.report();
}

/** Ten entries, signed after five and after ten. */
function whole(): AuditExportLine[] {
  const e = chain(10);
  return [
    begin(),
    ...e.slice(0, 5),
    sign(e[4]),
    ...e.slice(5),
    sign(e[9]),
    end(10),
  ];
}

describe('AuditExportVerifier', () => {
  it('tells how far a whole chain reaches, and how far it is signed', () => {
    expect(verify(whole())).toEqual({
      entries: 10,
      checkpoints: 2,
      signaturesChecked: true,
      first: { sequence: 1, at },
      last: { sequence: 10, at },
      signedUpTo: 10,
      more: false,
      notes: [],
    });
    expect(verify(whole(), {})).toMatchObject({
      checkpoints: 2,
      signaturesChecked: false,
      signedUpTo: undefined,
    });
  });

  it('takes exports that join for one, and refuses such that do not', () => {
    const e = chain(6);
    const parts = [begin(), ...e.slice(0, 3), end(3, false)];
    expect(verify([...parts, begin(3), ...e.slice(3), end(6)])).toMatchObject({
      entries: 6,
      more: false,
      fault: undefined,
    });
    expect(verify(parts)).toMatchObject({ entries: 3, more: true });
    expect(verify([...parts, begin(4), ...e.slice(4), end(6)])).toMatchObject({
      fault: { kind: 'gap', sequence: 4 },
    });
    expect(verify([...parts, begin(2), ...e.slice(2), end(6)])).toMatchObject({
      fault: { kind: 'reordered', sequence: 4 },
    });
  });

  it('begins in the middle, and is held to the checkpoint there', () => {
    const e = chain(8);
    expect(verify([begin(4), ...e.slice(4), end(8)])).toMatchObject({
      entries: 4,
      first: { sequence: 5 },
      fault: undefined,
    });
    expect(verify([begin(4), sign(e[3]), ...e.slice(4), end(8)])).toMatchObject(
      { entries: 4, checkpoints: 1, fault: undefined },
    );
    const forged = chain(3).concat({ ...e[3], actor: 'x' });
    expect(
      verify([
        begin(4),
        sign({ ...e[3], hash: 'a'.repeat(64) }),
        ...e.slice(4),
      ]),
    ).toMatchObject({ fault: { kind: 'previous-hash', sequence: 5 } });
    expect(forged).toHaveLength(4);
  });

  it('begins at a checkpoint that it is told to trust', () => {
    const lines = whole();
    Object.assign(lines[2], { actor: 'user:default/mallory' });
    expect(verify(lines)).toMatchObject({ fault: { sequence: 2 } });
    expect(
      verify(lines, { publicKeys: [publicKey], fromCheckpoint: 5 }),
    ).toMatchObject({
      entries: 5,
      checkpoints: 2,
      first: { sequence: 6 },
      fault: undefined,
    });
    expect(() =>
      verify(lines, { publicKeys: [publicKey], fromCheckpoint: 7 }),
    ).toThrow('no checkpoint at entry 7');
    expect(() => verify(lines, { fromCheckpoint: 5 })).toThrow('public key');
  });

  it.each<[string, (lines: AuditExportLine[]) => AuditExportLine[], object]>([
    [
      'a detail that was changed',
      lines =>
        lines.map(line =>
          line.type === 'entry' && line.sequence === 3
            ? { ...line, detail: { index: 7 } }
            : line,
        ),
      { kind: 'hash', sequence: 3 },
    ],
    [
      'a key slipped into a detail that JSON readers like to lose',
      lines =>
        lines.map(line =>
          line.type === 'entry' && line.sequence === 3
            ? { ...line, detail: JSON.parse('{"index":2,"__proto__":{"a":1}}') }
            : line,
        ),
      { kind: 'hash', sequence: 3 },
    ],
    [
      'a field that no entry has',
      lines =>
        lines.map(line =>
          line.type === 'entry' && line.sequence === 3
            ? { ...line, approvedBy: 'user:default/bob' }
            : line,
        ),
      { kind: 'malformed', sequence: 3 },
    ],
    [
      'a row that was deleted',
      lines =>
        lines.filter(line => line.type !== 'entry' || line.sequence !== 4),
      { kind: 'gap', sequence: 4 },
    ],
    [
      'a deleted row that was signed',
      lines =>
        lines.filter(line => line.type !== 'entry' || line.sequence !== 5),
      { kind: 'gap', sequence: 5 },
    ],
    [
      'rows that changed places',
      lines => [...lines.slice(0, 2), lines[3], lines[2], ...lines.slice(4)],
      { kind: 'reordered', sequence: 2 },
    ],
    [
      'a row that is there twice',
      lines => [...lines.slice(0, 3), lines[2], ...lines.slice(3)],
      { kind: 'reordered', sequence: 3 },
    ],
    [
      'a tail that was cut off and is told by a checkpoint',
      lines =>
        [
          ...lines.filter(line => line.type !== 'entry' || line.sequence < 8),
          end(7),
        ].filter(line => line.type !== 'end' || line.last === 7),
      { kind: 'truncated', sequence: 8 },
    ],
    [
      'an export that broke off',
      lines => lines.slice(0, -1),
      { kind: 'truncated', sequence: 11 },
    ],
    [
      'a checkpoint signed with another key',
      lines => {
        const entries = chain(5);
        return lines.map(line =>
          line.type === 'checkpoint' && line.sequence === 5
            ? sign(entries[4], other.privateKey)
            : line,
        );
      },
      { kind: 'signature', sequence: 5 },
    ],
    [
      'a checkpoint that was moved in time',
      lines =>
        lines.map(line =>
          line.type === 'checkpoint'
            ? { ...line, at: '2026-11-22T10:00:00.000Z' }
            : line,
        ),
      { kind: 'signature', sequence: 5 },
    ],
    [
      'a chain that was made anew behind the signature',
      lines => {
        const { hash: _hash, ...first } = chain(1)[0];
        let head = { sequence: 0, hash: AUDIT_GENESIS_HASH };
        return lines.map(line => {
          if (line.type !== 'entry') return line;
          const entry = chainAuditEntry({
            record: { ...first, detail: { index: 99 } },
            at,
            head,
          });
          head = entry;
          return { type: 'entry', ...entry };
        });
      },
      { kind: 'checkpoint', sequence: 5 },
    ],
  ])('names the first entry that does not hold: %s', (_what, tamper, fault) => {
    expect(verify(tamper(whole())).fault).toMatchObject(fault);
  });

  it('tells what is no export from what is broken', () => {
    const verifier = AuditExportVerifier.create();
    expect(() => verifier.take('<html>')).toThrow('not an exported audit log');
    expect(() => AuditExportVerifier.create().report()).toThrow('empty');
    expect(() => verify(chain(2))).toThrow('outside of an export');
    const broken = AuditExportVerifier.create();
    broken.take(JSON.stringify(begin()));
    expect(broken.take('{"type":"en')).toBe(false);
    expect(broken.report().fault).toMatchObject({
      kind: 'malformed',
      sequence: 1,
      reason: expect.stringContaining('line 2'),
    });
  });

  it('does not look for a moved entry for ever', () => {
    const lines = [begin(), ...chain(1200).slice(1), end(1200)];
    const verifier = AuditExportVerifier.create();
    let taken = 0;
    for (const line of lines) {
      taken += 1;
      if (!verifier.take(JSON.stringify(line))) break;
    }
    expect(taken).toBeLessThan(lines.length);
    expect(verifier.report().fault).toMatchObject({ kind: 'gap', sequence: 1 });
  });
});
