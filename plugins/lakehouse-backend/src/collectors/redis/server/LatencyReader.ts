import type { CacheSample, Gap } from '@lakehouse-ops/plugin-lakehouse-common';
import type { RedisConnection } from '@lakehouse-ops/plugin-lakehouse-node';
import { gapFromError } from '../gaps';
import { latencyBetween, type LatencyLook } from './latencyBetween';
import { readLatencystats } from './readLatencystats';
import type { NodeLook } from './readNodes';

const SECTIONS = ['latencystats', 'commandstats'];

/** Percentiles of commands: of the time since the last look, or where that is blocked since the servers started. */
export class LatencyReader {
  readonly #redis: RedisConnection;
  #before: readonly LatencyLook[] | undefined;

  static create(connection: RedisConnection): LatencyReader {
    return new LatencyReader(connection);
  }

  private constructor(connection: RedisConnection) {
    this.#redis = connection;
  }

  async read(
    primaries: readonly NodeLook[],
    { at, signal }: { at: string; signal: AbortSignal },
  ): Promise<{ value?: CacheSample['latency']; gap?: Gap }> {
    try {
      const now = await Promise.all(
        primaries.map(async ({ node, figures }) => ({
          id: node.id,
          runId: figures?.runId,
          latencies: await this.#redis.latencyHistogram(node, { signal }),
        })),
      );
      const value = latencyBetween(this.#before, now);
      this.#before = now;
      return { value };
    } catch (error) {
      this.#before = undefined;
      const value = await this.#sinceStart(primaries, signal);
      return {
        value,
        gap: gapFromError({
          connection: this.#redis.id,
          subject: 'cache.latency',
          at,
          error,
          ...(value && {
            instead:
              'percentiles are of the time since the servers started, of the worst primary (INFO latencystats)',
          }),
        }),
      };
    }
  }

  async #sinceStart(
    primaries: readonly NodeLook[],
    signal: AbortSignal,
  ): Promise<CacheSample['latency']> {
    const infos = await Promise.allSettled(
      primaries.map(({ node }) => this.#redis.info(node, SECTIONS, { signal })),
    );
    // What LATENCY answered is told; a second refusal would say nothing more.
    return readLatencystats(
      infos.flatMap(info => (info.status === 'fulfilled' ? [info.value] : [])),
    );
  }
}
