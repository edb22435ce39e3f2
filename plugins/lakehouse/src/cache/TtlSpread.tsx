import type { CacheKeyspace } from '@lakehouse-ops/plugin-lakehouse-common';
import { MiniHistogram } from '../components/charts';
import { formatCount, NOT_OBSERVED } from '../components/format';
import { TTL_WORDS } from './cacheFacts';

/** How long keys have left to live, as a small histogram. */
export const TtlSpread = (props: { keyspace: CacheKeyspace | undefined }) => {
  const { keyspace } = props;
  if (!keyspace) return <>{NOT_OBSERVED}</>;
  const counts = [...keyspace.ttl];
  const words = counts.map(
    (count, index) => `${TTL_WORDS[index] ?? 'longer'}: ${formatCount(count)}`,
  );
  return (
    <MiniHistogram
      label={`Keys by time to live: ${words.join(', ')}`}
      counts={counts}
    />
  );
};
