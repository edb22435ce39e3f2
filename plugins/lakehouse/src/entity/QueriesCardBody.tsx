import type { QuerySelector } from '@lakehouse-ops/plugin-lakehouse-common';
import { formatCount, formatDuration } from '../components/format';
import { ResourceView, SkeletonBox } from '../components/states';
import { useQueryStats } from '../queries';
import { LAST_HOUR } from '../url';
import { CardSummary } from './CardSummary';
import { headline } from './headline';
import { headlineText } from './headlineText';

/** A component's own queries for somebody who uses it. */
export const QueriesCardBody = (props: {
  connection: string;
  selector: QuerySelector;
}) => {
  const stats = useQueryStats(props.connection, props.selector, LAST_HOUR);
  return (
    <ResourceView
      resource={stats}
      what={`queries on ${props.connection}`}
      skeleton={<SkeletonBox height={120} />}
    >
      {data => {
        const sentence = headline({
          where: 'of this component',
          when: 'in the last hour',
          stats: data,
        });
        const { ended, failed, running, p95Ms } = data.overall;
        return (
          <CardSummary
            status={sentence.status}
            sentence={headlineText(sentence)}
            facts={[
              { name: 'Running now', value: formatCount(running) },
              { name: 'Ended, last hour', value: formatCount(ended) },
              { name: 'Failed', value: formatCount(failed) },
              { name: '95 % took at most', value: formatDuration(p95Ms) },
            ]}
          />
        );
      }}
    </ResourceView>
  );
};
