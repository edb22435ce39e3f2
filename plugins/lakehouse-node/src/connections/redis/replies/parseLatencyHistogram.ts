import type { RedisLatency } from '../RedisConnection';
import type { RedisReply } from '../RedisReply';
import { countOf, pairsOf } from './replyFields';

/** Reads LATENCY HISTOGRAM: by command the calls, and how many took at most so many microseconds. */
export function parseLatencyHistogram(
  reply: RedisReply,
): ReadonlyMap<string, RedisLatency> {
  const latencies = new Map<string, RedisLatency>();
  for (const [command, told] of pairsOf(reply)) {
    const fields = pairsOf(told);
    const calls = countOf(fields.get('calls'));
    if (calls !== undefined) {
      latencies.set(command, {
        calls,
        atMostUs: readBuckets(fields.get('histogram_usec')),
      });
    }
  }
  return latencies;
}

function readBuckets(reply: RedisReply): ReadonlyMap<number, number> {
  const numbers = Array.isArray(reply) ? reply.map(countOf) : [];
  const buckets = new Map<number, number>();
  for (let index = 0; index + 1 < numbers.length; index += 2) {
    const [bound, calls] = numbers.slice(index);
    if (bound !== undefined && calls !== undefined) buckets.set(bound, calls);
  }
  return buckets;
}
