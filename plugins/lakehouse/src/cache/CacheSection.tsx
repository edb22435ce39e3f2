import {
  CACHE_ANNOTATION,
  CacheRef,
  CacheView,
} from '@lakehouse-ops/plugin-lakehouse-common';
import type { LakehouseResource } from '../api';
import { Columns, Section, Stack } from '../components/layout';
import {
  FiguresSkeleton,
  ListOrReason,
  ObservedView,
  ResourceView,
  UnknownConnection,
} from '../components/states';
import { ExternalLinks } from '../links';
import { TimeRange, timeSpanOf, useUrlState } from '../url';
import { CacheCharts } from './CacheCharts';
import { narrowCache } from './cacheFacts';
import { CacheFigures } from './CacheFigures';
import { CacheNodesTable } from './CacheNodesTable';
import { HitRatios } from './HitRatios';
import { LatencyTable } from './LatencyTable';
import { PrefixDrawer } from './PrefixDrawer';
import { PrefixTable } from './PrefixTable';
import { SlowCommandsTable } from './SlowCommandsTable';
import { StampedeDrawer } from './StampedeDrawer';
import { Stampedes } from './Stampedes';

interface CacheSectionProps {
  readonly cacheRef: CacheRef;
  readonly cache: LakehouseResource<CacheView>;
  readonly range: TimeRange;
  readonly entityRef?: string;
}

const CacheBody = (props: CacheSectionProps & { whole: CacheView }) => {
  const { whole, cache, range, entityRef } = props;
  const { params, update } = useUrlState();
  const view = narrowCache(whole, props.cacheRef);
  const span = timeSpanOf(range, cache.updatedAt);
  const prefix = view.prefixes.find(one => one.prefix === params.get('prefix'));
  const stampede = view.stampedes.find(
    ({ id }) => id === params.get('stampede'),
  );
  const openStampede = (id: string) => update({ stampede: id });
  return (
    <ObservedView view={view} what="This cache">
      <ExternalLinks links={view.links} />
      <CacheFigures view={view} />
      <HitRatios view={view} span={span} />
      <Section
        title="Keys by prefix"
        note={props.cacheRef.prefix && `those of ${props.cacheRef.prefix}`}
      >
        <PrefixTable
          view={view}
          openPrefix={prefix?.prefix}
          entityRef={entityRef}
          onOpen={next => update({ prefix: next })}
          onChanged={cache.refetch}
        />
      </Section>
      <Stampedes
        stampedes={view.stampedes}
        span={span}
        openId={stampede?.id}
        onOpen={openStampede}
      />
      <CacheCharts view={view} span={span} />
      <Section title="Nodes" note={view.mode}>
        <ListOrReason
          items={view.nodes}
          gaps={view.gaps}
          subjects={['cache']}
          none="No node answers."
          unseen="Nodes were not observed."
        >
          {nodes => <CacheNodesTable nodes={nodes} />}
        </ListOrReason>
      </Section>
      <Columns minWidth={560}>
        <Section title="Slow commands" note="values are never kept">
          <ListOrReason
            items={view.slowCommands}
            gaps={view.gaps}
            subjects={['cache.slowlog']}
            none="No command was slow."
            unseen="The slow log was not observed."
          >
            {commands => <SlowCommandsTable commands={commands} />}
          </ListOrReason>
        </Section>
        <Section title="Latency of commands" note="in the last window">
          <ListOrReason
            items={view.latest?.latency}
            gaps={view.gaps}
            subjects={['cache.latency']}
            none="No command was run in the last window."
            unseen="Latency was not observed."
          >
            {latency => <LatencyTable latency={latency} />}
          </ListOrReason>
        </Section>
      </Columns>
      {prefix && (
        <PrefixDrawer
          prefix={prefix}
          view={view}
          span={span}
          entityRef={entityRef}
          onClose={() => update({ prefix: undefined })}
          onChanged={cache.refetch}
        />
      )}
      {stampede && (
        <StampedeDrawer
          stampede={stampede}
          onClose={() => update({ stampede: undefined })}
        />
      )}
    </ObservedView>
  );
};

/** Everything about a cache, or the part of it that an entity stands for. */
export const CacheSection = (props: CacheSectionProps) => (
  <ResourceView
    resource={props.cache}
    what={`cache ${props.cacheRef.connection}`}
    skeleton={<FiguresSkeleton />}
    notFound={message => (
      <UnknownConnection
        connection={props.cacheRef.connection}
        message={message}
        annotation={CACHE_ANNOTATION}
      />
    )}
  >
    {view => (
      <Stack>
        <CacheBody {...props} whole={view} />
      </Stack>
    )}
  </ResourceView>
);
