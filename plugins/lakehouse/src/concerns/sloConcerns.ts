import type {
  ConnectionView,
  SloSummary,
} from '@lakehouse-ops/plugin-lakehouse-common';
import { openSloPatch } from '../slo/sloUrl';
import { suggestionContextOf } from '../slo/suggestionContextOf';
import type { Concern } from './Concern';

/** SLOs that are breached or have an alert that fires. What is silenced is known: it is no concern. */
export function sloConcerns(
  slos: readonly SloSummary[],
  connections: readonly ConnectionView[],
): Concern[] {
  return slos.flatMap(slo => {
    const firing = slo.burnRates.filter(({ state }) => state === 'firing');
    if (slo.status !== 'breached' && firing.length === 0) return [];
    if (slo.silencedUntil && slo.status !== 'breached') return [];
    const connection = slo.connections[0];
    const system =
      connections.find(({ id }) => id === connection)?.system ?? 'trino';
    return [
      {
        id: `slo ${slo.id}`,
        status: slo.status === 'breached' ? 'breached' : 'at-risk',
        system,
        connection,
        place: `SLO · ${slo.service}`,
        name: slo.title,
        text: textOf(slo, firing),
        owner: slo.owner,
        since: firing
          .flatMap(({ since }) => since ?? [])
          .sort()
          .shift(),
        suggestFor: suggestionContextOf(slo),
        show: { tab: 'slos', open: openSloPatch(slo.id) },
      },
    ];
  });
}

function textOf(
  slo: SloSummary,
  firing: ReadonlyArray<{ readonly condition: string }>,
): string {
  const main = firstSentence(slo.sentence);
  if (firing.length === 0) return main;
  const names = firing.map(({ condition }) => condition).join(' and ');
  return firing.length === 1
    ? `alert ${names} fires. ${main}`
    : `alerts ${names} fire. ${main}`;
}

/** How the budget is; the SLO itself tells the rest. */
function firstSentence(text: string): string {
  return /^.+?\.(?= [A-Z])/.exec(text)?.[0] ?? text;
}
