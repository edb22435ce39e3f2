import type {
  NotificationPayload,
  NotificationSeverity,
} from '@backstage/plugin-notifications-common';
import { NotFoundError } from '@backstage/errors';
import type { NotificationService } from '@backstage/plugin-notifications-node';
import type { AlertEvent } from './AlertEvent';
import { pathOfEvent, runbooksPathOf } from './alertLinks';
import type { AlertMessage, AlertTarget } from './AlertMessage';
import { describeEvent } from './describeEvent';

const TOPIC = 'SLO alerts';
const MAX_TITLE = 200;
const MAX_DESCRIPTION = 2_000;

const SEVERITIES: ReadonlyArray<readonly [RegExp, NotificationSeverity]> = [
  [/^(page|critical|emergency|fatal)$/i, 'critical'],
  [/^(high|error|major)$/i, 'high'],
  [/^(low|info|notice)$/i, 'low'],
];
const RANKS: readonly NotificationSeverity[] = [
  'low',
  'normal',
  'high',
  'critical',
];

/** Sends to the inbox of an entity's owner, or of whoever is on call for it. */
export class PeopleTarget implements AlertTarget {
  readonly #notifications: NotificationService;
  readonly #who: 'owner' | 'on-call';
  readonly #runbooksUrl: string | undefined;

  /** @param options - `runbooksUrl`: of the app, where it has the Runbooks plugin */
  static create(options: {
    notifications: NotificationService;
    who: 'owner' | 'on-call';
    runbooksUrl?: string;
  }): PeopleTarget {
    return new PeopleTarget(options);
  }

  private constructor(options: {
    notifications: NotificationService;
    who: 'owner' | 'on-call';
    runbooksUrl?: string;
  }) {
    this.#notifications = options.notifications;
    this.#who = options.who;
    this.#runbooksUrl = options.runbooksUrl?.replace(/\/+$/, '');
  }

  async send(message: AlertMessage): Promise<void> {
    await this.#notifications.send({
      recipients: { type: 'entity', entityRef: this.#recipientsOf(message) },
      payload: payloadOf(message, this.#runbooksUrl),
    });
  }

  /** @throws NotFoundError when nobody is named */
  #recipientsOf({ events }: AlertMessage): string[] {
    const refs = events.flatMap(({ subject }) => {
      const ref = this.#who === 'owner' ? subject.owner : subject.onCall;
      return ref === undefined ? [] : [ref];
    });
    if (!refs.length) {
      throw new NotFoundError(
        this.#who === 'owner'
          ? 'nobody is told: the SLO has no entity with an owner. Keep its file with an entity whose spec.owner is set, or name a target in its alert policy'
          : "nobody is told: the SLO's entity has no annotation lakehouse-ops.io/on-call. Add it with a user or group",
      );
    }
    return [...new Set(refs)];
  }
}

function payloadOf(
  message: AlertMessage,
  runbooksUrl: string | undefined,
): NotificationPayload {
  const { events, stillFiring } = message;
  const shown = [...events, ...stillFiring];
  const [first] = events;
  const described = shown.map(describeEvent);
  const others = shown.length - 1;
  const title =
    others > 0
      ? `${described[0].summary} (and ${others} more)`
      : described[0].summary;
  const runbooks = [
    ...new Set(shown.flatMap(({ subject }) => subject.runbooks)),
  ];
  // The inbox shows text: names stand there without their backquotes.
  const lines = described.map(({ summary, description }) =>
    (others > 0 ? `${summary}. ${description}` : description).replace(
      /`([^`]+)`/g,
      '$1',
    ),
  );
  const firing = shown.find(({ kind }) => kind === 'firing');
  const suggestion = [
    runbooks.length ? `Runbooks: ${runbooks.join(', ')}.` : '',
    firing && runbooksUrl !== undefined
      ? `Runbooks that fit: ${runbooksUrl}${runbooksPathOf(firing)}`
      : '',
  ]
    .filter(Boolean)
    .join('\n');
  return {
    title: cut(title, MAX_TITLE),
    description: [
      cut(lines.join('\n'), MAX_DESCRIPTION - suggestion.length),
      suggestion,
    ]
      .filter(Boolean)
      .join('\n'),
    link: pathOfEvent(first),
    topic: TOPIC,
    // What is sent with the scope of an earlier one replaces it.
    scope: message.threadId,
    severity: shown
      .map(severityOf)
      .reduce((a, b) => (RANKS.indexOf(b) > RANKS.indexOf(a) ? b : a)),
    metadata: {
      slos: [...new Set(shown.map(({ sloId }) => sloId))],
      runbooks,
    },
  };
}

/** Severity as the inbox knows it. */
function severityOf(event: AlertEvent): NotificationSeverity {
  if (event.kind === 'resolved') return 'low';
  if (event.kind === 'budget') return 'normal';
  return (
    SEVERITIES.find(([pattern]) => pattern.test(event.severity))?.[1] ??
    'normal'
  );
}

function cut(text: string, length: number): string {
  return text.length > length ? `${text.slice(0, length - 1)}…` : text;
}
