import type { CacheSample } from '@lakehouse-ops/plugin-lakehouse-common';
import type { NodeFigures } from './NodeFigures';

type Sums = Pick<CacheSample, 'memory' | 'clients' | 'keys'>;

/**
 * Figures over all primaries. One that is not known of every primary is absent: a sum
 * without a node would be too small.
 *
 * @param primaries - with nothing for those that could not be asked
 */
export function sumFigures(
  primaries: ReadonlyArray<NodeFigures | undefined>,
): Sums {
  const usedBytes = sum(primaries, node => node.usedBytes);
  const peakBytes = sum(primaries, node => node.peakBytes);
  const maxBytes = sum(primaries, node => node.maxBytes || undefined);
  const ratios = wholeOf(primaries.map(node => node?.fragmentationRatio));
  const connected = sum(primaries, node => node.connectedClients);
  const blocked = sum(primaries, node => node.blockedClients);
  const total = sum(primaries, node => node.keys);
  const withExpiry = sum(primaries, node => node.withExpiry);
  return {
    ...(usedBytes !== undefined && {
      memory: {
        usedBytes,
        peakBytes,
        maxBytes,
        fragmentationRatio: ratios && Math.max(...ratios),
      },
    }),
    ...(connected !== undefined &&
      blocked !== undefined && { clients: { connected, blocked } }),
    ...(total !== undefined &&
      withExpiry !== undefined && { keys: { total, withExpiry } }),
  };
}

function sum(
  primaries: ReadonlyArray<NodeFigures | undefined>,
  of: (node: NodeFigures) => number | undefined,
): number | undefined {
  const figures = wholeOf(primaries.map(node => node && of(node)));
  return figures?.reduce((total, figure) => total + figure, 0);
}

/** All of them, or nothing when one is missing. */
function wholeOf(
  figures: ReadonlyArray<number | undefined>,
): number[] | undefined {
  const known = figures.filter(figure => figure !== undefined);
  return known.length && known.length === figures.length ? known : undefined;
}
