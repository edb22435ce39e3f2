import type { AlertChange } from '../alerts/AlertChange';
import type { AlertSubject } from '../alerts/AlertSubject';
import type { OpenAlert } from '../alerts/OpenAlert';

/** Whom alerts of a test's SLO are told to. */
export function alertSubject(
  overrides: Partial<AlertSubject> = {},
): AlertSubject {
  return {
    name: 'latency',
    title: 'Fast queries',
    service: 'personal-api',
    entityRef: 'component:default/personal-api',
    owner: 'group:default/team-personal',
    labels: { tier: '1' },
    connections: ['analytics'],
    runbooks: ['latency-regression'],
    targets: ['hook'],
    whenBreaching: true,
    whenResolved: true,
    ...overrides,
  };
}

/** An alert that fires at once. */
export function beginFiring(
  overrides: {
    sloId?: string;
    condition?: string;
    severity?: string;
    subject?: Partial<AlertSubject>;
  } = {},
): AlertChange {
  const { subject, ...others } = overrides;
  return {
    type: 'begin',
    state: 'firing',
    beginning: {
      sloId: 'a',
      condition: 'fast-burn',
      severity: 'page',
      definitionVersion: 1,
      explanation: 'Half of the budget is gone.',
      ...others,
      subject: alertSubject(subject),
    },
  };
}

/** The end of an alert. */
export function resolve(alert: OpenAlert): AlertChange {
  return {
    type: 'resolve',
    alert,
    resolution: 'recovered',
    sentence: 'A third of the budget is left.',
  };
}
