import { parseEntityRef } from '@backstage/catalog-model';
import type { AlertEvent } from './AlertEvent';

/** Path in the app that shows an SLO at the moment of an event. */
export function pathOfEvent(event: AlertEvent): string {
  const query = new URLSearchParams({
    slo: event.sloId,
    at: new Date(event.atMs).toISOString(),
  });
  return `${placeOf(event.subject.entityRef)}?${query}`;
}

/** As {@link pathOfEvent}, for those outside of the app. */
export function urlOfEvent(event: AlertEvent, appUrl: string): string {
  return `${appUrl.replace(/\/+$/, '')}${pathOfEvent(event)}`;
}

/** Path in the app that shows which runbooks fit an SLO. */
export function runbooksPathOf({ subject }: AlertEvent): string {
  const query = new URLSearchParams({ slo: subject.name });
  if (subject.indicator) query.set('indicator', subject.indicator);
  if (subject.entityRef) query.set('entityRef', subject.entityRef);
  return `/runbooks/catalogue?${query}`;
}

function placeOf(entityRef: string | undefined): string {
  if (entityRef === undefined) return '/lakehouse/slos';
  const { kind, namespace, name } = parseEntityRef(entityRef);
  const parts = [namespace, kind, name].map(part =>
    encodeURIComponent(part.toLocaleLowerCase('en-US')),
  );
  return `/catalog/${parts.join('/')}/slos`;
}
