import type {
  CachePrefix,
  CacheView,
} from '@lakehouse-ops/plugin-lakehouse-common';
import type { TimeSpan } from '../components/charts';
import {
  formatBytes,
  formatCount,
  formatDuration,
  formatNumberOf,
  formatRate,
  formatShare,
  RelativeTime,
} from '../components/format';
import {
  DataTable,
  FactGrid,
  Padded,
  Section,
  SideDrawer,
  Stack,
} from '../components/layout';
import { EmptyNote } from '../components/states';
import { hitRatio, perSecond, TTL_WORDS, withoutTtlShare } from './cacheFacts';
import { HitRatioChart } from './HitRatios';
import { PrefixActions } from './PrefixActions';

function factsOf({ use }: CachePrefix) {
  const rate = (count: number | undefined) =>
    formatRate(perSecond(count, use?.windowSeconds));
  return [
    { name: 'Hit ratio', value: formatShare(hitRatio(use)) },
    { name: 'Hits', value: rate(use?.hits) },
    { name: 'Misses', value: rate(use?.misses) },
    { name: 'Duplicate misses', value: rate(use?.duplicateMisses) },
    { name: 'Writes', value: rate(use?.writes) },
    { name: 'Deletes', value: rate(use?.deletes) },
    { name: 'Fill time, p50', value: formatDuration(use?.fillMs?.p50) },
    { name: 'Fill time, p99', value: formatDuration(use?.fillMs?.p99) },
  ];
}

/** Everything known about the keys under one prefix. */
export const PrefixDrawer = (props: {
  prefix: CachePrefix;
  view: CacheView;
  span: TimeSpan;
  entityRef?: string;
  onClose: () => void;
  onChanged: () => void;
}) => {
  const { prefix, view } = props;
  const { keyspace, use } = prefix;
  return (
    <SideDrawer
      open
      title={prefix.prefix || '(no prefix)'}
      subtitle={`Key prefix on ${view.connection}`}
      onClose={props.onClose}
    >
      <Stack>
        <PrefixActions
          prefix={prefix}
          entityRef={props.entityRef}
          onRunEnded={props.onChanged}
        />
        <Section
          padded
          title="What applications find"
          note={use && `told by ${formatNumberOf(use.instances, 'instance')}`}
        >
          {use ? (
            <Stack>
              <FactGrid facts={factsOf(prefix)} />
              <HitRatioChart prefix={prefix} view={view} span={props.span} />
            </Stack>
          ) : (
            <EmptyNote text="No application tells of this prefix." />
          )}
        </Section>
        <Section
          title="What is kept"
          note={
            keyspace &&
            (keyspace.complete
              ? 'all keys were seen'
              : `scaled up from ${formatNumberOf(keyspace.sampledKeys, 'key')}`)
          }
        >
          {keyspace ? (
            <>
              <Padded>
                <FactGrid
                  facts={[
                    { name: 'Keys', value: formatCount(keyspace.keys) },
                    { name: 'Memory', value: formatBytes(keyspace.sizeBytes) },
                    {
                      name: 'Without time to live',
                      value: `${formatCount(
                        keyspace.withoutTtl,
                      )} (${formatShare(withoutTtlShare(keyspace))})`,
                    },
                    {
                      name: 'Scanned',
                      value: <RelativeTime time={keyspace.scannedAt} />,
                    },
                  ]}
                />
              </Padded>
              <DataTable
                label="Keys by time to live"
                rows={keyspace.ttl.map((count, index) => ({
                  word: TTL_WORDS[index] ?? 'longer',
                  count,
                }))}
                idOf={({ word }) => word}
                columns={[
                  { id: 'ttl', title: 'Time to live', cell: row => row.word },
                  {
                    id: 'keys',
                    title: 'Keys',
                    numeric: true,
                    cell: row => formatCount(row.count),
                  },
                  {
                    id: 'share',
                    title: 'Share',
                    numeric: true,
                    cell: row =>
                      keyspace.keys > 0
                        ? formatShare(row.count / keyspace.keys)
                        : formatShare(0),
                  },
                ]}
              />
            </>
          ) : (
            <EmptyNote text="No scan has seen this prefix yet." />
          )}
        </Section>
      </Stack>
    </SideDrawer>
  );
};
