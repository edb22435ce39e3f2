import type { EventsService } from '@backstage/plugin-events-node';
import {
  LAKEHOUSE_SLO_ALERT_TOPIC,
  type SloAlertEventPayload,
} from '@lakehouse-ops/plugin-lakehouse-common';
import type { AlertFired, AlertResolved } from './AlertEvent';
import type { AlertMessage, AlertTarget } from './AlertMessage';

/** The outbox's name for Backstage's events; no config may give it to a target. */
export const EVENTS_TARGET = 'backstage:events';

/** Tells other plugins, on Backstage's events, when alerts fire and end. */
export class EventsTarget implements AlertTarget {
  readonly #events: Pick<EventsService, 'publish'>;

  static create(options: {
    events: Pick<EventsService, 'publish'>;
  }): EventsTarget {
    return new EventsTarget(options.events);
  }

  private constructor(events: Pick<EventsService, 'publish'>) {
    this.#events = events;
  }

  async send({ events }: AlertMessage): Promise<void> {
    for (const event of events) {
      if (event.kind === 'budget') continue;
      await this.#events.publish({
        topic: LAKEHOUSE_SLO_ALERT_TOPIC,
        eventPayload: payloadOf(event),
      });
    }
  }
}

function payloadOf(event: AlertFired | AlertResolved): SloAlertEventPayload {
  const { alertId, sloId, condition, severity, subject, atMs } = event;
  return {
    alertId,
    state: event.kind === 'firing' ? 'fired' : 'resolved',
    at: new Date(atMs).toISOString(),
    slo: { id: sloId, name: subject.name },
    condition,
    severity,
    ...(subject.indicator === undefined
      ? {}
      : { indicator: subject.indicator }),
    ...(subject.entityRef === undefined
      ? {}
      : { entityRef: subject.entityRef }),
  };
}
