import type { Capability, Gap } from '@lakehouse-ops/plugin-lakehouse-common';
import type { RegisteredConnection } from '../systems/SystemRegistry';
import { connectionView } from './connectionView';

const GAP: Gap = {
  connection: 'bi',
  subject: 'alerts.log',
  since: '2026-11-21T10:00:00Z',
  code: 'forbidden',
  reason: '403',
  remedy: 'grant it',
};

function statusOf(
  options: {
    missing?: string[];
    notOffered?: boolean;
    gaps?: Gap[];
    probed?: boolean;
    lastError?: Error;
    available?: boolean;
  } = {},
) {
  const { missing = [], probed = true, lastError, available = true } = options;
  const capabilities: Capability[] = [
    { id: 'alerts.read', available: true },
    ...missing.map(id => ({
      id,
      available: false,
      reason: 'no right',
      notOffered: options.notOffered,
    })),
  ];
  const registered = {
    connection: {
      id: 'bi',
      title: 'BI',
      status: () => ({
        capabilities: probed ? { probedAt: '', capabilities } : undefined,
        available,
        lastError,
      }),
    },
    system: { system: 'superset' },
  } as unknown as RegisteredConnection;
  return connectionView(registered, options.gaps ?? []);
}

describe('connectionView', () => {
  it.each<[string, Parameters<typeof statusOf>[0], string]>([
    ['all is seen', {}, 'connected'],
    ['only actions lack a right', { missing: ['alerts.execute'] }, 'connected'],
    ['others get in', { missing: ['access.protected'] }, 'connected'],
    ['something may not be read', { missing: ['alerts.log'] }, 'degraded'],
    [
      'a right to see and one to act lack',
      { missing: ['alerts.execute', 'datasources.all'] },
      'degraded',
    ],
    [
      'it has no alerts',
      { missing: ['alerts.read'], notOffered: true },
      'connected',
    ],
    ['a gap lasts', { gaps: [GAP] }, 'degraded'],
    [
      'a gap is over',
      { gaps: [{ ...GAP, until: '2026-11-21T10:05:00Z' }] },
      'connected',
    ],
    ['it was not probed', { probed: false }, 'unknown'],
    [
      'its probe failed',
      { probed: false, lastError: new Error('refused') },
      'down',
    ],
    ['it is not asked any more', { available: false }, 'down'],
  ])('when %s', (_name, options, status) => {
    expect(statusOf(options).status).toBe(status);
  });

  it('tells of what is missing whatever the status', () => {
    expect(statusOf({ missing: ['alerts.execute'] }).capabilities).toEqual([
      { id: 'alerts.read', available: true },
      { id: 'alerts.execute', available: false, reason: 'no right' },
    ]);
  });
});
