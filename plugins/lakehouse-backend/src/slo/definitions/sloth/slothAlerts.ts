import type {
  BurnRateCondition,
  SloAlertPolicy,
} from '@lakehouse-ops/plugin-lakehouse-common';
import { NO_ALERTS } from '../imports/noAlerts';
import type { Spot } from '../yaml/Spot';
import type { SlothAlert, SlothFields, SlothSlo } from './slothSchemas';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** Sloth's period unless it is told another on its command line. */
export const SLOTH_PERIOD_MS = 30 * DAY_MS;

interface Window {
  readonly name: string;
  /** Part of the budget that may go in the long window. */
  readonly share: number;
  readonly longMs: number;
  readonly shortMs: number;
}

/** Sloth's windows for 30 days (`google-30d`), which are those of the SRE workbook, chapter 5. */
const PAGE: readonly Window[] = [
  { name: 'page-quick', share: 0.02, longMs: HOUR_MS, shortMs: 5 * MINUTE_MS },
  {
    name: 'page-slow',
    share: 0.05,
    longMs: 6 * HOUR_MS,
    shortMs: 30 * MINUTE_MS,
  },
];
const TICKET: readonly Window[] = [
  { name: 'ticket-quick', share: 0.1, longMs: DAY_MS, shortMs: 2 * HOUR_MS },
  {
    name: 'ticket-slow',
    share: 0.1,
    longMs: 3 * DAY_MS,
    shortMs: 6 * HOUR_MS,
  },
];

/** The alerts that Sloth would make; tells which settings have no place here. */
export function slothAlerts(options: {
  slo: SlothSlo;
  spot: Spot;
  names: SlothFields;
}): SloAlertPolicy[] {
  const { slo, spot, names } = options;
  const { alerting = {} } = slo;
  const at = spot.at('alerting');
  warnOfRouting(alerting, at);
  const policies = [
    ...policyOf({
      name: 'page',
      title: alerting.name,
      alert: alerting.page,
      windows: PAGE,
      targets: ['owner', 'on-call'],
      spot: at.at(names.page),
    }),
    ...policyOf({
      name: 'ticket',
      title: alerting.name,
      alert: alerting.ticket,
      windows: TICKET,
      targets: ['owner'],
      spot: at.at(names.ticket),
    }),
  ];
  return policies.length ? policies : [NO_ALERTS];
}

function policyOf(options: {
  name: string;
  title: string | undefined;
  alert: SlothAlert | undefined;
  windows: readonly Window[];
  targets: readonly string[];
  spot: Spot;
}): SloAlertPolicy[] {
  const { name, title, alert, windows, targets, spot } = options;
  if (alert?.disable) return [];
  warnOfRouting(alert ?? {}, spot);
  const severity = alert?.labels?.severity ?? name;
  return [
    {
      name,
      ...(title && { displayName: title }),
      whenBreaching: true,
      whenResolved: true,
      whenNoData: false,
      conditions: windows.map(window => conditionOf(window, severity)),
      targets,
    },
  ];
}

/** factor = part of the budget × period ÷ long window */
function conditionOf(window: Window, severity: string): BurnRateCondition {
  const { name, share, longMs, shortMs } = window;
  return {
    name,
    severity,
    op: 'gt',
    factor: Number(((share * SLOTH_PERIOD_MS) / longMs).toPrecision(12)),
    longMs,
    shortMs,
    alertAfterMs: 0,
  };
}

function warnOfRouting(
  { labels, annotations }: Pick<SlothAlert, 'labels' | 'annotations'>,
  spot: Spot,
) {
  const others = Object.keys(labels ?? {}).filter(key => key !== 'severity');
  if (others.length) {
    spot
      .at('labels')
      .warn(
        `Labels that route alerts (${others.join(
          ', ',
        )}) are not carried over: alerts go to the owner, and pages to the person on call too. Only severity is kept.`,
      );
  }
  if (Object.keys(annotations ?? {}).length) {
    spot
      .at('annotations')
      .warn(
        'Annotations of alerts are not carried over: alerts explain themselves here. Suggest runbooks in an OpenSLO file.',
      );
  }
}
