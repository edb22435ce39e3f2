import type { GatewayBackend } from '@lakehouse-ops/plugin-lakehouse-common';
import type {
  PreviewChange,
  PreviewContent,
} from '@lakehouse-ops/plugin-runbooks-common';
import type { GroupUse } from './groupUse';
import type { QueriesLook } from './lookAtQueries';
import type { PlacesFor } from './placesFor';
import { sampleClients } from './sampleClients';

/** Tells what goes on there, and whose new queries go where. */
export function previewDeactivation(options: {
  backend: GatewayBackend;
  defaultRoutingGroup: string;
  places: PlacesFor;
  queries: QueriesLook;
  use: GroupUse | { unknown: string };
  waitMinutes: number;
}): PreviewContent {
  const { backend, queries, use, waitMinutes } = options;
  return {
    summary: `Backend ${backend.name} of group ${
      backend.routingGroup
    } gets no new queries; those that run there go on${
      waitMinutes > 0
        ? `, and are waited for up to ${waitMinutes} minutes`
        : ' and are not waited for'
    }.`,
    changes: [
      { label: 'Active', before: 'yes', after: 'no', unit: 'text' },
      ...countsOf(queries),
      ...usersOf(options),
    ],
    samples: 'unknown' in use ? undefined : sampleClients(use),
    untouched: [
      'Queries that run or are queued there: their clients notice nothing.',
      'The Trino itself: it can still be reached directly.',
      'Other backends.',
    ],
    warnings: warningsOf(options),
  };
}

type Options = Parameters<typeof previewDeactivation>[0];

function countsOf(queries: QueriesLook): PreviewChange[] {
  if (queries.by === 'nobody') return [];
  return [
    { label: 'Queries running there', before: queries.running, unit: 'count' },
    { label: 'Queries queued there', before: queries.queued, unit: 'count' },
  ];
}

/** Only where they go to another group is anything different for them. */
function usersOf({ places, use, ...options }: Options): PreviewChange[] {
  if (places.inGroup.length > 0 || 'unknown' in use) return [];
  const { routingGroup } = options.backend;
  const label =
    places.inDefaultGroup.length === 0
      ? `Users of group ${routingGroup} whose new queries fail`
      : `Users of group ${routingGroup} whose new queries go to group ${options.defaultRoutingGroup}`;
  return [
    { label, before: 0, after: use.users, unit: 'count', estimated: true },
  ];
}

function warningsOf(options: Options): string[] {
  const { backend, queries, use } = options;
  return [
    ...consequenceOf(options),
    ...('unknown' in use
      ? [`Who used the group in the last hour can't be told: ${use.unknown}.`]
      : []),
    ...('truncated' in use && use.truncated
      ? [
          'More queries went through in the last hour than were looked at: there may be more users.',
        ]
      : []),
    ...(queries.by === 'nobody'
      ? [`What runs there can't be told: ${queries.reason}.`]
      : []),
    ...(queries.by === 'gateway'
      ? [
          "The counts are those of the gateway's last look, up to a minute old: the backend is no Trino connection of Lakehouse Ops.",
        ]
      : []),
    ...(backend.health === 'unhealthy'
      ? ['The gateway sees it as unhealthy: it gets no new queries now either.']
      : []),
  ];
}

function consequenceOf({
  backend,
  defaultRoutingGroup,
  places,
  use,
}: Options): string[] {
  const { routingGroup } = backend;
  if (places.inGroup.length > 0) return [];
  if (places.inDefaultGroup.length === 0) {
    return [
      `No other backend takes its queries: all queries of group ${routingGroup}, and those that name no group, fail until one comes back.`,
    ];
  }
  const users =
    'unknown' in use
      ? ''
      : ` In the last hour ${use.users} ${
          use.users === 1 ? 'user' : 'users'
        } sent ${use.queries} ${
          use.queries === 1 ? 'query' : 'queries'
        } to it.`;
  return [
    `It is the only backend of group ${routingGroup}: new queries of the group go silently to the default group ${defaultRoutingGroup} (${places.inDefaultGroup.join(
      ', ',
    )}). Nobody is told.${users}`,
  ];
}
