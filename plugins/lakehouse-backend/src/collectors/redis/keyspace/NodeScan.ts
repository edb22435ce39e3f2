import type {
  RedisArgument,
  RedisBinaryReply,
  RedisConnection,
  RedisNode,
} from '@lakehouse-ops/plugin-lakehouse-node';
import { PrefixCounts } from './PrefixCounts';
import type { PrefixesOf } from './prefixOf';
import { ScanPace } from './ScanPace';
import type { NodePass } from './summarizePass';

/** One pass over the keys of one primary, in steps. */
export class NodeScan {
  readonly node: RedisNode;
  readonly #redis: RedisConnection;
  readonly #memoryOneIn: number;
  readonly #pace = new ScanPace();
  readonly #counts = new PrefixCounts();
  #cursor = '0';
  #complete = false;
  #totalKeys = 0;
  #memoryError: unknown;

  static create(options: {
    connection: RedisConnection;
    node: RedisNode;
    memoryOneIn: number;
  }): NodeScan {
    return new NodeScan(options);
  }

  private constructor(options: Parameters<typeof NodeScan.create>[0]) {
    this.#redis = options.connection;
    this.node = options.node;
    this.#memoryOneIn = options.memoryOneIn;
  }

  get complete(): boolean {
    return this.#complete;
  }

  get pass(): NodePass {
    return {
      counts: this.#counts,
      totalKeys: this.#totalKeys,
      complete: this.#complete,
    };
  }

  /** Why sizes can't be had. */
  get memoryError(): unknown {
    return this.#memoryError;
  }

  async countKeys(signal: AbortSignal) {
    const size = await this.#redis.command(this.node, 'dbsize', [], { signal });
    this.#totalKeys = typeof size === 'number' ? size : 0;
  }

  /**
   * Looks at some keys.
   *
   * @returns how many, and how long to leave the server alone
   */
  async step(
    prefixesOf: PrefixesOf,
    signal: AbortSignal,
  ): Promise<{ keys: number; pauseMs: number }> {
    const startedMs = performance.now();
    const reply = await this.#redis.binaryCommand(
      this.node,
      'scan',
      [this.#cursor, 'COUNT', this.#pace.count],
      { signal },
    );
    const [next, listed] = Array.isArray(reply) ? reply : [];
    const keys = buffersOf(listed);
    const seen = await this.#look(keys, signal);
    const tookMs = performance.now() - startedMs;
    seen.forEach((one, index) => {
      if (one) this.#counts.add(prefixesOf(keys[index].toString('utf8')), one);
    });
    this.#cursor = Buffer.isBuffer(next) ? next.toString('latin1') : '0';
    this.#complete = this.#cursor === '0';
    return { keys: keys.length, pauseMs: this.#pace.answered(tookMs) };
  }

  /** Of each key its time to live, and of some their size; nothing for one that is gone. */
  async #look(keys: readonly Buffer[], signal: AbortSignal) {
    if (!keys.length) return [];
    const sized = keys.filter(
      (_, index) =>
        (this.#counts.keys + index) % this.#memoryOneIn === 0 &&
        this.#memoryError === undefined,
    );
    const command = (name: string, ...args: RedisArgument[]) => ({
      name,
      args,
    });
    const outcomes = await this.#redis.pipeline(
      this.node,
      [
        ...keys.map(key => command('pttl', key)),
        ...sized.map(key => command('memory', 'usage', key)),
      ],
      { signal },
    );
    const bytesOf = new Map<Buffer, number>();
    outcomes.slice(keys.length).forEach((outcome, index) => {
      if (outcome.outcome !== 'done') this.#memoryError ??= outcome.error;
      else if (typeof outcome.reply === 'number') {
        bytesOf.set(sized[index], outcome.reply);
      }
    });
    return keys.map((key, index) => {
      const outcome = outcomes[index];
      if (outcome.outcome !== 'done') throw outcome.error;
      const ttlMs = outcome.reply;
      return typeof ttlMs === 'number' && ttlMs !== -2
        ? { ttlMs, bytes: bytesOf.get(key) }
        : undefined;
    });
  }
}

function buffersOf(reply: RedisBinaryReply): Buffer[] {
  return Array.isArray(reply) ? reply.filter(one => Buffer.isBuffer(one)) : [];
}
