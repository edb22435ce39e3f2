const BITS_32 = 2 ** 32;

/** Seeded randomness (mulberry32), so that a world repeats exactly. */
export class Random {
  private constructor(private state: number) {}

  static create(seed: number): Random {
    return new Random(seed);
  }

  /** From 0 up to but not including 1. */
  next(): number {
    this.state = (this.state + 0x6d2b79f5) % BITS_32;
    let t = this.state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / BITS_32;
  }

  /** A whole number from low to high, both included. */
  between(low: number, high: number): number {
    return low + Math.floor(this.next() * (high - low + 1));
  }

  pick<T>(items: readonly T[]): T {
    return items[Math.floor(this.next() * items.length)];
  }

  chance(share: number): boolean {
    return this.next() < share;
  }

  /** Log-normal: most values near the median, a few far above it. */
  skewed(median: number, spread = 0.6): number {
    const normal =
      Math.sqrt(-2 * Math.log(1 - this.next())) *
      Math.cos(2 * Math.PI * this.next());
    return median * Math.exp(spread * normal);
  }

  /** A positive 63-bit id, mostly beyond what a double holds exactly. */
  id(): bigint {
    return (
      (BigInt(this.between(1, 2 ** 31 - 1)) << 32n) | BigInt(this.hex(8, 16))
    );
  }

  uuid(): string {
    return [8, 4, 4, 4, 12].map(size => this.hexText(size)).join('-');
  }

  hexText(size: number): string {
    let text = '';
    while (text.length < size) {
      text += Math.floor(this.next() * 16).toString(16);
    }
    return text;
  }

  private hex(size: number, radix: number): number {
    return Number.parseInt(this.hexText(size), radix);
  }
}
