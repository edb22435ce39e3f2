import type { SloAlertPolicy } from '@lakehouse-ops/plugin-lakehouse-common';
import type { StoredSlo } from '../definitions/SloBook';
import { connectionsOf } from '../routes/connectionsOf';
import type { AlertSubject } from './AlertSubject';

/** What alerts of an SLO are told of, and to whom, as it stands now. */
export function subjectOf(
  slo: StoredSlo,
  policy: SloAlertPolicy,
): AlertSubject {
  const { definition, entityRef, owner, onCall } = slo;
  const [indicator] = definition.objectives.flatMap(({ sli: { source } }) =>
    source.type === 'lakehouse' ? [source.indicator] : [],
  );
  return {
    name: definition.name,
    title: definition.displayName ?? definition.name,
    service: definition.service,
    ...(indicator === undefined ? {} : { indicator }),
    ...(entityRef === undefined ? {} : { entityRef }),
    ...(owner === undefined ? {} : { owner }),
    ...(onCall === undefined ? {} : { onCall }),
    labels: definition.labels,
    connections: connectionsOf(slo),
    runbooks: definition.runbooks,
    targets: targetsOf(slo, policy),
    whenBreaching: policy.whenBreaching,
    whenResolved: policy.whenResolved,
  };
}

/** Who is told: the owner and whoever is on call, unless the policy says otherwise. */
function targetsOf(
  { owner, onCall }: StoredSlo,
  { targets }: SloAlertPolicy,
): readonly string[] {
  const told = targets.length
    ? targets
    : ['owner', ...(onCall === undefined ? [] : ['on-call'])];
  // Nobody is told twice.
  return owner !== undefined && owner === onCall && told.includes('owner')
    ? told.filter(target => target !== 'on-call')
    : told;
}
