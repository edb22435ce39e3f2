import type { SloSeries } from '../SloRollups';

/** Whether what is looked at is kept over time, so that its past can be counted. */
export function hasHistory({ source }: SloSeries): boolean {
  if (source.type !== 'lakehouse') return true;
  switch (source.indicator) {
    case 'memory-headroom':
    case 'worker-availability':
    case 'cache-hit-ratio':
    case 'stampede-free':
      return true;
    default:
      return false;
  }
}
