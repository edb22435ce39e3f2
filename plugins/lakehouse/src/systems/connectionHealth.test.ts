import { mockConnection, mockGap } from '../__testUtils__/mockData';
import {
  connectionHealth,
  connectionReason,
  connectionWord,
} from './connectionHealth';

const missing = (...ids: string[]) =>
  ids.map(id => ({ id, available: false, reason: `no right to ${id}` }));

describe('connectionHealth', () => {
  it('leaves one healthy that only may not act, and says what is not possible', () => {
    const connection = mockConnection({
      capabilities: missing('alerts.execute'),
    });
    expect(connectionHealth(connection)).toBe('healthy');
    expect(connectionWord(connection)).toBe('Connected');
    expect(connectionReason(connection)).toBe(
      'not possible here: alerts.execute: no right to alerts.execute',
    );
  });

  it('warns of one that others get into', () => {
    const connection = mockConnection({
      capabilities: missing('access.protected'),
    });
    expect(connectionHealth(connection)).toBe('at-risk');
    expect(connectionWord(connection)).toBe('Unprotected');
    const down = { ...connection, status: 'down' as const };
    expect(connectionHealth(down)).toBe('breached');
    expect(connectionWord(down)).toBe('Down');
  });

  it('tells first what is not seen', () => {
    const capabilities = missing('query.kill', 'access.protected');
    const gaps = [mockGap({ until: undefined })];
    const status = 'degraded' as const;
    expect(
      connectionReason(mockConnection({ status, capabilities, gaps })),
    ).toMatch(
      /^[^;]*: 403 on \/metrics; access\.protected: .*; not possible here: query\.kill: /,
    );
    expect(
      connectionReason(
        mockConnection({
          status,
          capabilities: [...capabilities, ...missing('metrics.read')],
          gaps,
        }),
      ),
    ).toMatch(/^metrics\.read: /);
  });
});
