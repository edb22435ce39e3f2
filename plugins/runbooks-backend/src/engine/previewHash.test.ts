import type { JsonObject, JsonValue } from '@backstage/types';
import fc from 'fast-check';
import { describeDrift } from './describeDrift';
import { previewHash } from './previewHash';

const json = fc.dictionary(
  fc.string(),
  fc.jsonValue().map(value => JSON.parse(JSON.stringify(value)) as JsonValue),
);

/** The same value, written with its keys the other way round. */
function reversed(value: JsonValue): JsonValue {
  if (Array.isArray(value)) return value.map(reversed);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value as JsonObject).reverse();
  return Object.fromEntries(
    entries.map(([key, inner]) => [key, reversed(inner as JsonValue)]),
  );
}

describe('previewHash', () => {
  it('is SHA-256 over canonical JSON', () => {
    expect(
      previewHash({ runbookId: 'a', parameters: {}, fingerprint: {} }),
    ).toBe('efaf2c7a213564c809a5d3946d782381c0135838643aeb267c8213803be5655f');
  });

  it('does not depend on the order of keys', () => {
    fc.assert(
      fc.property(json, json, (parameters, fingerprint) => {
        const bound = { runbookId: 'a', parameters, fingerprint };
        expect(previewHash(reversed(bound) as typeof bound)).toBe(
          previewHash(bound),
        );
      }),
    );
  });

  it('changes with whatever is bound', () => {
    fc.assert(
      fc.property(json, json, fc.string(), (parameters, other, key) => {
        const bound = {
          runbookId: 'a',
          parameters,
          fingerprint: { ...other, [`x${key}`]: 1 },
        };
        const hash = previewHash(bound);
        expect(previewHash({ ...bound, runbookId: 'b' })).not.toBe(hash);
        expect(
          previewHash({
            ...bound,
            fingerprint: { ...other, [`x${key}`]: 2 },
          }),
        ).not.toBe(hash);
        expect(
          previewHash({ ...bound, parameters: { inside: parameters } }),
        ).not.toBe(hash);
      }),
    );
  });
});

describe('describeDrift', () => {
  it('is silent exactly when nothing changed', () => {
    fc.assert(
      fc.property(json, json, (before, now) => {
        expect(describeDrift(before, reversed(before) as JsonObject)).toEqual(
          [],
        );
        const same =
          previewHash({
            runbookId: '',
            parameters: {},
            fingerprint: before,
          }) ===
          previewHash({ runbookId: '', parameters: {}, fingerprint: now });
        expect(describeDrift(before, now).length === 0).toBe(same);
      }),
    );
  });

  it('names what changed, appeared and vanished', () => {
    expect(
      describeDrift(
        { snapshotId: '1', keys: [1], same: true },
        { snapshotId: '2', files: 3, same: true },
      ),
    ).toEqual([
      'files was absent and is 3',
      'keys was [1] and is absent',
      'snapshotId was "1" and is "2"',
    ]);
  });
});
