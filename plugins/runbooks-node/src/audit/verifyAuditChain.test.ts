import type { AuditEntry } from '@lakehouse-ops/plugin-runbooks-common';
import fc from 'fast-check';
import { AUDIT_GENESIS_HASH, chainAuditEntry } from './auditChain';
import { verifyAuditChain } from './verifyAuditChain';

function chainOf(events: string[]): AuditEntry[] {
  const entries: AuditEntry[] = [];
  for (const event of events) {
    entries.push(
      chainAuditEntry({
        record: { actor: 'user:default/alice', event, detail: { event } },
        at: '2026-11-21T10:00:00.000Z',
        head: entries.at(-1) ?? { sequence: 0, hash: AUDIT_GENESIS_HASH },
      }),
    );
  }
  return entries;
}

describe('verifyAuditChain', () => {
  it('accepts a whole chain, an empty one, and the end of one', () => {
    const chain = chainOf(['a', 'b', 'c']);
    expect(verifyAuditChain(chain)).toEqual({ intact: true, entries: 3 });
    expect(verifyAuditChain([])).toEqual({ intact: true, entries: 0 });
    expect(verifyAuditChain(chain.slice(1), chain[0])).toEqual({
      intact: true,
      entries: 2,
    });
  });

  it('survives a round trip through JSON with other key order', () => {
    const reordered = chainOf(['a', 'b']).map(entry =>
      JSON.parse(
        JSON.stringify(Object.fromEntries(Object.entries(entry).reverse())),
      ),
    );
    expect(verifyAuditChain(reordered)).toMatchObject({ intact: true });
  });

  it.each<[string, (entry: AuditEntry) => AuditEntry]>([
    ['actor', entry => ({ ...entry, actor: 'user:default/bob' })],
    ['event', entry => ({ ...entry, event: 'x' })],
    ['time', entry => ({ ...entry, at: '2026-11-21T10:00:00.001Z' })],
    ['detail', entry => ({ ...entry, detail: { event: 'x' } })],
    ['run', entry => ({ ...entry, runId: 'run-2' })],
    ['hash', entry => ({ ...entry, hash: 'f'.repeat(64) })],
    ['link', entry => ({ ...entry, previousHash: 'f'.repeat(64) })],
  ])('names the entry whose %s was changed', (_what, tamper) => {
    const chain = chainOf(['a', 'b', 'c', 'd']);
    chain[1] = tamper(chain[1]);
    expect(verifyAuditChain(chain)).toMatchObject({
      intact: false,
      sequence: 2,
    });
  });

  it('finds an entry rewritten together with its own hash', () => {
    const chain = chainOf(['a', 'b', 'c']);
    chain[1] = chainAuditEntry({
      record: { actor: 'x', event: 'x', detail: {} },
      at: chain[1].at,
      head: chain[0],
    });
    expect(verifyAuditChain(chain)).toMatchObject({
      intact: false,
      sequence: 3,
      reason: expect.stringContaining('the hash of the entry before'),
    });
  });

  it('finds any entry that was taken out, doubled or moved', () => {
    fc.assert(
      fc.property(
        fc.array(fc.string(), { minLength: 3, maxLength: 12 }),
        fc.nat(),
        fc.constantFrom('remove', 'double', 'swap'),
        (events, at, change) => {
          const chain = chainOf(events);
          const index = at % (chain.length - 1);
          if (change === 'remove') chain.splice(index, 1);
          if (change === 'double') chain.splice(index, 0, chain[index]);
          if (change === 'swap') {
            [chain[index], chain[index + 1]] = [chain[index + 1], chain[index]];
          }
          expect(verifyAuditChain(chain).intact).toBe(false);
        },
      ),
    );
  });
});
