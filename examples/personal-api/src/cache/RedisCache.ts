/** What is used of Redis. */
export interface RedisCache {
  get(key: string): Promise<string | null>;
  set(key: string, value: string, unit: 'PX', ttlMs: number): Promise<unknown>;
  ping(): Promise<string>;
  disconnect(): void;
}
