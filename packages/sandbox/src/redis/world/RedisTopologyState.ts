import { keySlot } from './keySlot';
import type { RedisNodeState } from './RedisNodeState';

const SLOTS = 16_384;

/** Which nodes there are, and who holds which slots. */
export class RedisTopologyState {
  readonly cluster: boolean;
  epoch: number;
  #primaries: RedisNodeState[];

  constructor(options: { cluster: boolean; primaries: RedisNodeState[] }) {
    this.cluster = options.cluster;
    this.#primaries = options.primaries;
    this.epoch = options.primaries.length;
  }

  get primaries(): readonly RedisNodeState[] {
    return this.#primaries;
  }

  /** First and last slot of a primary. */
  slotsOf(node: RedisNodeState): readonly [number, number] {
    const count = this.#primaries.length;
    const index = this.#primaries.indexOf(node);
    return [
      Math.ceil((index * SLOTS) / count),
      Math.ceil(((index + 1) * SLOTS) / count) - 1,
    ];
  }

  slotOf(key: string): number {
    return keySlot(key);
  }

  ownerOf(key: string): RedisNodeState {
    if (!this.cluster) return this.#primaries[0];
    const slot = keySlot(key);
    return (
      this.#primaries.find(node => {
        const [first, last] = this.slotsOf(node);
        return slot >= first && slot <= last;
      }) ?? this.#primaries[0]
    );
  }

  /** Another node takes over the slots of one. */
  replace(old: RedisNodeState, fresh: RedisNodeState) {
    this.#primaries = this.#primaries.map(node =>
      node === old ? fresh : node,
    );
    this.epoch += 1;
  }
}
