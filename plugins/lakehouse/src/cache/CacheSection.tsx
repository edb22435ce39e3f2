import {
  CACHE_ANNOTATION,
  CacheRef,
  CacheView,
} from '@lakehouse-ops/plugin-lakehouse-common';
import type { LakehouseResource } from '../api';
import { Columns, Section, Stack } from '../components/layout';
import {
  EmptyNote,
  FiguresSkeleton,
  ObservedView,
  reasonMissing,
  ResourceView,
  UnknownConnection,
} from '../components/states';
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
        {view.nodes ? (
          <CacheNodesTable nodes={view.nodes} />
        ) : (
          <EmptyNote
            text={
              reasonMissing(view.gaps, 'cache') ?? 'Nodes were not observed.'
            }
          />
        )}
      </Section>
      <Columns minWidth={560}>
        <Section title="Slow commands" note="values are never kept">
          {view.slowCommands?.length ? (
            <SlowCommandsTable commands={view.slowCommands} />
          ) : (
            <EmptyNote
              text={
                view.slowCommands
                  ? 'No command was slow.'
                  : reasonMissing(view.gaps, 'cache.slowlog') ??
                    'The slow log was not observed.'
              }
            />
          )}
        </Section>
        <Section title="Latency of commands" note="in the last window">
          {view.latest?.latency?.length ? (
            <LatencyTable latency={view.latest.latency} />
          ) : (
            <EmptyNote
              text={
                reasonMissing(view.gaps, 'cache.latency') ??
                'Latency was not observed.'
              }
            />
          )}
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
