import { formatMs } from '../shared/formatMs';
import type { TrinoListedQuery } from '@lakehouse-ops/plugin-lakehouse-node';
import type { PreviewContent } from '@lakehouse-ops/plugin-runbooks-common';
import { KILLED, queryOwner, queryTextSample } from './describeQuery';

/** Tells whose query would be killed and what is lost. */
export function previewKill(
  query: TrinoListedQuery,
  options: { message: string; isOurOwn: boolean },
): PreviewContent {
  const ran = query.elapsedMs === undefined ? '–' : formatMs(query.elapsedMs);
  const cpu = query.cpuMs === undefined ? '–' : formatMs(query.cpuMs);
  return {
    summary: `Ends query ${query.queryId} of ${queryOwner(
      query,
    )}, which has been there for ${ran}. Its client gets ${KILLED} with your message.`,
    changes: [
      {
        label: 'State',
        before: query.state,
        after: `FAILED (${KILLED})`,
        unit: 'text',
      },
      { label: 'Message to its owner', after: options.message, unit: 'text' },
      { label: 'CPU time that is lost', before: cpu, unit: 'text' },
    ],
    samples: {
      columns: ['User', 'Source', 'State', 'Running', 'Query'],
      rows: [
        [
          query.user,
          query.source ?? '–',
          query.state,
          ran,
          queryTextSample(query.query),
        ],
      ],
      total: 1,
    },
    untouched: [
      'Other queries of the same user.',
      'Data: what the query has written so far is not committed.',
    ],
    warnings: options.isOurOwn
      ? ['This query is one of Lakehouse Ops itself; it will be sent again.']
      : [],
  };
}
