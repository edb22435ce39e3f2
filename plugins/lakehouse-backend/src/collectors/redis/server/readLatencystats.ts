import type { CacheSample } from '@lakehouse-ops/plugin-lakehouse-common';
import type { RedisInfo } from '@lakehouse-ops/plugin-lakehouse-node';

const COMMANDS_MAX = 10;
const PERCENTILES = 'latency_percentiles_usec_';
const STATS = 'cmdstat_';

/**
 * Percentiles since the servers started, from `INFO latencystats` and `INFO
 * commandstats`: of each command the worst primary. For servers that block LATENCY.
 */
export function readLatencystats(
  infos: readonly RedisInfo[],
): CacheSample['latency'] {
  const byCommand = new Map<
    string,
    {
      calls: number;
      totalUs: number;
      p50Us: number;
      p99Us: number;
      p999Us?: number;
    }
  >();
  for (const info of infos) {
    for (const [field, text] of info) {
      if (!field.startsWith(PERCENTILES)) continue;
      const command = field.slice(PERCENTILES.length);
      const percentiles = numbers(text);
      const stats = numbers(info.get(`${STATS}${command}`) ?? '');
      const p50 = percentiles.get('p50');
      const p99 = percentiles.get('p99');
      const calls = stats.get('calls');
      if (p50 === undefined || p99 === undefined || calls === undefined) {
        continue;
      }
      const known = byCommand.get(command);
      const p999 = percentiles.get('p99.9') ?? known?.p999Us;
      byCommand.set(command, {
        calls: calls + (known?.calls ?? 0),
        totalUs: (stats.get('usec') ?? 0) + (known?.totalUs ?? 0),
        p50Us: Math.max(p50, known?.p50Us ?? 0),
        p99Us: Math.max(p99, known?.p99Us ?? 0),
        ...(p999 !== undefined && {
          p999Us: Math.max(p999, known?.p999Us ?? 0),
        }),
      });
    }
  }
  if (!byCommand.size) return undefined;
  return [...byCommand]
    .sort(([, a], [, b]) => b.totalUs - a.totalUs)
    .slice(0, COMMANDS_MAX)
    .map(([command, { totalUs: _, ...told }]) => ({ command, ...told }));
}

/** `calls=3,usec=25` by name. */
function numbers(text: string): ReadonlyMap<string, number> {
  return new Map(
    text.split(',').flatMap(field => {
      const [name, value] = field.split('=');
      const number = Number(value);
      return value && Number.isFinite(number) ? [[name, number] as const] : [];
    }),
  );
}
