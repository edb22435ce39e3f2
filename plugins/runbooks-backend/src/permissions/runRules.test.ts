import {
  decodeRunResource,
  encodeRunResource,
  type RunResource,
} from './runResource';
import { runRules } from './runRules';

const resource: RunResource = {
  runbookId: 'trino:kill-query',
  risk: 'medium',
  target: {
    system: 'trino',
    connection: 'analytics',
    kind: 'table',
    name: 'a."we|ird, näme".c',
  },
};

describe('rules on runs', () => {
  it('match by action, risk and target', () => {
    const { actionIs, riskAtMost, targetIs } = runRules;
    expect(actionIs.apply(resource, { ids: ['trino:kill-query'] })).toBe(true);
    expect(actionIs.apply(resource, { ids: [] })).toBe(false);
    expect(riskAtMost.apply(resource, { risk: 'low' })).toBe(false);
    expect(riskAtMost.apply(resource, { risk: 'medium' })).toBe(true);
    expect(riskAtMost.apply(resource, { risk: 'high' })).toBe(true);
    expect(targetIs.apply(resource, {})).toBe(true);
    expect(targetIs.apply(resource, { system: 'redis' })).toBe(false);
    expect(targetIs.apply(resource, { connections: ['other'] })).toBe(false);
    expect(
      targetIs.apply(resource, {
        system: 'trino',
        connections: ['other', 'analytics'],
      }),
    ).toBe(true);
  });

  it('ask the same of stored runs', () => {
    const { actionIs, riskAtMost, targetIs } = runRules;
    expect(actionIs.toQuery({ ids: ['a'] })).toEqual({ runbookIds: ['a'] });
    expect(riskAtMost.toQuery({ risk: 'medium' })).toEqual({
      risks: ['low', 'medium'],
    });
    expect(targetIs.toQuery({ system: 'trino' })).toEqual({ system: 'trino' });
  });
});

describe('references to runs', () => {
  it('come back whole', () => {
    const ref = encodeRunResource(resource);
    expect(ref).toMatch(/^[\w-]+$/);
    expect(decodeRunResource(ref)).toEqual(resource);
  });

  it.each(['', 'x', Buffer.from('["a"]').toString('base64url')])(
    'are not made of %j',
    ref => {
      expect(decodeRunResource(ref)).toBeUndefined();
    },
  );
});
