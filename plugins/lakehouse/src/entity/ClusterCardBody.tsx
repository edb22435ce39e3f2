import { nodeCounts, useCluster } from '../cluster';
import { formatCount, formatShare, useNow } from '../components/format';
import {
  ResourceView,
  SkeletonBox,
  StaleChip,
  stalenessOf,
} from '../components/states';
import { useQueryStats } from '../queries';
import { useTableCounts } from '../tables';
import { LAST_HOUR } from '../url';
import { CardSummary } from './CardSummary';
import { headline } from './headline';
import { headlineText } from './headlineText';

/** A cluster for somebody who depends on it. */
export const ClusterCardBody = (props: { connection: string }) => {
  const { connection } = props;
  const cluster = useCluster(connection, LAST_HOUR);
  const stats = useQueryStats(connection, {}, LAST_HOUR);
  const counts = useTableCounts({ connection });
  const now = useNow(10_000);
  return (
    <ResourceView
      resource={cluster}
      what={`cluster ${connection}`}
      skeleton={<SkeletonBox height={120} />}
    >
      {view => {
        const staleness = stalenessOf(view, now);
        const sentence = headline({
          where: `on ${connection}`,
          when: 'in the last hour',
          stats: stats.data,
          cluster: view,
          tables: counts.data,
          now,
        });
        const memory = view.latest?.memory;
        return (
          <CardSummary
            status={staleness ? 'unknown' : sentence.status}
            sentence={headlineText(sentence)}
            facts={[
              {
                name: 'Running now',
                value: formatCount(view.latest?.queries?.running),
              },
              {
                name: 'Waiting',
                value: formatCount(view.latest?.queries?.queued),
              },
              {
                name: 'Memory in use',
                value: formatShare(
                  memory && memory.totalBytes > 0
                    ? memory.reservedBytes / memory.totalBytes
                    : undefined,
                ),
              },
              {
                name: 'Active nodes',
                value: formatCount(nodeCounts(view)?.active),
              },
            ]}
          >
            {staleness && <StaleChip {...staleness} />}
          </CardSummary>
        );
      }}
    </ResourceView>
  );
};
