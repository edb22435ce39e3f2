import type { ReactNode } from 'react';
import type { ClusterView } from '@lakehouse-ops/plugin-lakehouse-common';
import { Sparkline } from '../components/charts';
import {
  formatBytes,
  formatCount,
  formatNumberOf,
  formatShare,
} from '../components/format';
import { Columns, Figure } from '../components/layout';
import { reasonMissing } from '../components/states';
import { clusterSeries } from './clusterSeries';
import { nodeCounts } from './clusterFacts';

/** What is running, memory and nodes: figures with their shape over time. */
export const ClusterFigures = (props: {
  view: ClusterView;
  /** More figures. */
  children?: ReactNode;
}) => {
  const { view } = props;
  const queries = view.latest?.queries;
  const memory = view.latest?.memory;
  const nodes = nodeCounts(view);
  return (
    <Columns minWidth={200}>
      <Figure
        label="Queries"
        value={queries && `${formatCount(queries.running)} running`}
        detail={queries && `${formatCount(queries.queued)} queued`}
        missing={reasonMissing(view.gaps, 'cluster.queries')}
        chart={
          <Sparkline
            {...clusterSeries(view, sample => sample.queries?.running)}
          />
        }
      />
      <Figure
        label="Memory reserved"
        value={
          memory && memory.totalBytes > 0
            ? formatShare(memory.reservedBytes / memory.totalBytes)
            : undefined
        }
        detail={
          memory &&
          `${formatBytes(memory.reservedBytes)} of ${formatBytes(
            memory.totalBytes,
          )}${
            memory.blockedNodes > 0
              ? `, ${formatNumberOf(memory.blockedNodes, 'node')} blocked`
              : ''
          }`
        }
        tone={memory && memory.blockedNodes > 0 ? 'atRisk' : 'normal'}
        missing={reasonMissing(view.gaps, 'cluster.memory')}
        chart={
          <Sparkline
            {...clusterSeries(view, sample => sample.memory?.reservedBytes)}
            max={memory?.totalBytes}
          />
        }
      />
      <Figure
        label="Nodes"
        value={nodes && `${formatCount(nodes.active)} active`}
        detail={nodes && othersOf(nodes)}
        tone={nodes && nodes.inactive > 0 ? 'breached' : 'normal'}
        missing={reasonMissing(view.gaps, 'cluster.nodes')}
        chart={
          <Sparkline {...clusterSeries(view, sample => sample.nodes?.active)} />
        }
      />
      {props.children}
    </Columns>
  );
};

function othersOf(nodes: { inactive: number; shuttingDown: number }): string {
  const others = [
    nodes.inactive > 0 ? `${formatCount(nodes.inactive)} inactive` : '',
    nodes.shuttingDown > 0
      ? `${formatCount(nodes.shuttingDown)} shutting down`
      : '',
  ].filter(Boolean);
  return others.length > 0 ? others.join(', ') : 'none missing';
}
