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

describe('rules on targets', () => {
  const owned: RunResource = {
    ...resource,
    owners: ['group:default/owners'],
    environment: 'staging',
  };
  const { ownsTarget, environmentIs } = runRules;

  it('match by owner and environment', () => {
    const mine = { claims: ['user:default/a', 'group:default/Owners'] };
    expect(ownsTarget.apply(owned, mine)).toBe(true);
    expect(ownsTarget.apply(owned, { claims: ['group:default/own'] })).toBe(
      false,
    );
    expect(ownsTarget.apply(owned, { claims: [] })).toBe(false);
    expect(ownsTarget.apply(resource, mine)).toBe(false);
    const staging = { environments: ['staging', 'test'] };
    expect(environmentIs.apply(owned, staging)).toBe(true);
    expect(environmentIs.apply(owned, { environments: ['live'] })).toBe(false);
    expect(environmentIs.apply(resource, staging)).toBe(false);
  });

  it('ask the same of stored runs', () => {
    expect(ownsTarget.toQuery({ claims: ['group:default/Owners'] })).toEqual({
      owners: ['group:default/owners'],
    });
    expect(environmentIs.toQuery({ environments: ['staging'] })).toEqual({
      environments: ['staging'],
    });
  });

  it('travel with the reference', () => {
    expect(decodeRunResource(encodeRunResource(owned))).toEqual(owned);
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
