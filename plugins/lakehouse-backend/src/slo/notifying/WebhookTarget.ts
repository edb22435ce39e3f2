import type { AlertEvent } from './AlertEvent';
import { urlOfEvent } from './alertLinks';
import type { AlertMessage, AlertTarget } from './AlertMessage';
import { postJson } from './postJson';
import { signWebhook } from './signWebhook';

/** Grows when a receiver would have to change. */
const VERSION = 1;

/** Sends signed JSON to an address of the config. */
export class WebhookTarget implements AlertTarget {
  readonly #options: { url: string; secret: string; appUrl: string };

  static create(options: {
    url: string;
    secret: string;
    appUrl: string;
  }): WebhookTarget {
    return new WebhookTarget(options);
  }

  private constructor(options: {
    url: string;
    secret: string;
    appUrl: string;
  }) {
    this.#options = options;
  }

  async send(
    message: AlertMessage,
    { signal }: { signal: AbortSignal },
  ): Promise<void> {
    const { url, secret, appUrl } = this.#options;
    const body = JSON.stringify({
      version: VERSION,
      id: message.id,
      thread: message.threadId,
      events: message.events.map(event => eventView(event, appUrl)),
    });
    const timestamp = String(Math.floor(Date.now() / 1000));
    await postJson({
      url,
      body,
      headers: {
        'idempotency-key': message.id,
        'x-lakehouse-timestamp': timestamp,
        'x-lakehouse-signature': signWebhook({ secret, timestamp, body }),
      },
      signal,
    });
  }
}

function eventView(event: AlertEvent, appUrl: string) {
  const { subject, sloId } = event;
  return {
    kind: event.kind,
    at: new Date(event.atMs).toISOString(),
    slo: {
      id: sloId,
      name: subject.name,
      title: subject.title,
      service: subject.service,
      labels: subject.labels,
    },
    entityRef: subject.entityRef,
    owner: subject.owner,
    sentence: event.sentence,
    runbooks: subject.runbooks,
    link: urlOfEvent(event, appUrl),
    ...particularsOf(event),
  };
}

function particularsOf(event: AlertEvent) {
  if (event.kind === 'budget') {
    const { step, remaining, action } = event;
    return { budget: { step, remaining, action } };
  }
  const { alertId, condition, severity } = event;
  return {
    alert: {
      id: alertId,
      condition,
      severity,
      ...(event.kind === 'resolved'
        ? {
            firedAt: new Date(event.firedAtMs).toISOString(),
            resolution: event.resolution,
          }
        : {}),
    },
  };
}
