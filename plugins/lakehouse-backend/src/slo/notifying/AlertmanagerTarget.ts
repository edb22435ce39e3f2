import type { AlertEvent, AlertFired } from './AlertEvent';
import { urlOfEvent } from './alertLinks';
import type { AlertMessage, AlertTarget } from './AlertMessage';
import { describeEvent } from './describeEvent';
import { postJson } from './postJson';

/** Alertmanager takes an alert that is not sent again for so long as resolved: four rounds of sending, as Prometheus does. */
const LASTS_MS = 4 * 60_000;
/** Budget steps do not end by themselves: they are shown for so long. */
const STEP_LASTS_MS = 3_600_000;
const BATCH = 100;

interface Options {
  readonly url: string;
  readonly token?: string;
  readonly appUrl: string;
  readonly now?: () => number;
}

/**
 * Sends alerts to an Alertmanager.
 *
 * Source: Alertmanager's OpenAPI document, `POST /api/v2/alerts`; the label set
 * is an alert's identity, so the end of one carries the labels of its beginning.
 */
export class AlertmanagerTarget implements AlertTarget {
  readonly #options: Options;

  static create(options: Options): AlertmanagerTarget {
    return new AlertmanagerTarget(options);
  }

  private constructor(options: Options) {
    this.#options = options;
  }

  send(
    message: AlertMessage,
    { signal }: { signal: AbortSignal },
  ): Promise<void> {
    return this.#post(message.events, signal);
  }

  /** Tells again what fires, so that Alertmanager does not take it as over. */
  async refresh(
    firing: readonly AlertFired[],
    { signal }: { signal: AbortSignal },
  ): Promise<void> {
    for (let start = 0; start < firing.length; start += BATCH) {
      await this.#post(firing.slice(start, start + BATCH), signal);
    }
  }

  #post(events: readonly AlertEvent[], signal: AbortSignal): Promise<void> {
    const { url, token, appUrl, now = Date.now } = this.#options;
    return postJson({
      url: `${url}/api/v2/alerts`,
      body: JSON.stringify(
        events.map(event => alertOf(event, { appUrl, nowMs: now() })),
      ),
      headers: token ? { authorization: `Bearer ${token}` } : {},
      signal,
    });
  }
}

function alertOf(
  event: AlertEvent,
  { appUrl, nowMs }: { appUrl: string; nowMs: number },
) {
  const { subject, sloId } = event;
  const { summary, description } = describeEvent(event);
  return {
    labels: {
      alertname: alertnameOf(event),
      slo: sloId,
      service: subject.service,
      ...(subject.entityRef ? { entity: subject.entityRef } : {}),
      ...(event.kind === 'budget'
        ? { severity: 'info', step: String(event.step) }
        : { severity: event.severity, condition: event.condition }),
    },
    annotations: {
      summary,
      description,
      ...(subject.runbooks.length
        ? { runbooks: subject.runbooks.join(', ') }
        : {}),
    },
    startsAt: isoTime(event.kind === 'resolved' ? event.firedAtMs : event.atMs),
    endsAt: isoTime(endOf(event, nowMs)),
    generatorURL: urlOfEvent(event, appUrl),
  };
}

function alertnameOf(event: AlertEvent): string {
  return event.kind === 'budget' ? 'SloBudgetStep' : 'SloAlert';
}

function endOf(event: AlertEvent, nowMs: number): number {
  if (event.kind === 'resolved') return event.atMs;
  return event.kind === 'budget'
    ? event.atMs + STEP_LASTS_MS
    : nowMs + LASTS_MS;
}

function isoTime(ms: number): string {
  return new Date(ms).toISOString();
}
