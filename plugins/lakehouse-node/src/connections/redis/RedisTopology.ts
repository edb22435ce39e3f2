/** A server of a Redis. @public */
export interface RedisNode {
  /** host:port as the cluster, Sentinel or config tells it. */
  readonly id: string;
  readonly role: 'primary' | 'replica';
  /** A cluster's name for the node: it stays when the address changes. */
  readonly nodeId?: string;
  /** Of a replica: the id of its primary. */
  readonly primary?: string;
  /** First and last hash slot of each range that a cluster's primary holds. */
  readonly slots?: ReadonlyArray<readonly [first: number, last: number]>;
}

/** Which servers a Redis is made of. @public */
export interface RedisTopology {
  /** ISO time. */
  readonly observedAt: string;
  readonly nodes: readonly RedisNode[];
  /** current_epoch of a cluster, config-epoch of a Sentinel: rises with each failover. Absent where it can't be read. */
  readonly epoch?: number;
  /** cluster_state of CLUSTER INFO: ok or fail. */
  readonly state?: string;
  /** How many of a cluster's 16,384 slots have a primary. */
  readonly slotsCovered?: number;
  /** The same as long as the same primaries hold the same slots. */
  readonly fingerprint: string;
}
