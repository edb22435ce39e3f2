import type { RedisRunbookClient } from '@lakehouse-ops/plugin-lakehouse-node';
import type { RunbookRunContext } from '@lakehouse-ops/plugin-runbooks-node';
import { z } from 'zod';
import type { ChangeTally } from './changeKeys';

const EVERY_MS = 1_000;

const memorySchema = z.object({
  changed: z.number().optional(),
  uncertain: z.number().optional(),
  ended: z.boolean().optional(),
  /** Set when it came to its end: everything was gone through, or the limit was reached. */
  limited: z.boolean().optional(),
});

/** How far a run came, as it was written down last. */
export function rememberedTally(context: RunbookRunContext<unknown>) {
  return memorySchema.parse(context.memory);
}

/** Shows how far a run over keys has come, and writes it down for the time after a crash. */
export class RunReporter {
  readonly #context: RunbookRunContext<unknown>;
  readonly #tally: ChangeTally;
  readonly #done: string;
  #total = 0;
  #scanned = 0;
  #toldMs = 0;
  #writing: Promise<void> = Promise.resolve();

  static create(options: {
    context: RunbookRunContext<unknown>;
    tally: ChangeTally;
    /** A past participle: "removed". */
    done: string;
  }): RunReporter {
    return new RunReporter(options);
  }

  private constructor(options: Parameters<typeof RunReporter.create>[0]) {
    this.#context = options.context;
    this.#tally = options.tally;
    this.#done = options.done;
  }

  /** A pass begins; what it goes through is counted anew. */
  async begin(clients: readonly RedisRunbookClient[]): Promise<void> {
    await this.#remember(false);
    const sizes = await Promise.all(
      clients.map(async client => Number(await client.command('DBSIZE')) || 0),
    );
    this.#total = sizes.reduce((sum, size) => sum + size, 0);
    this.#scanned = 0;
    const nodes = clients.length === 1 ? 'primary' : 'primaries';
    this.#context.log.info(
      `Going through ${this.#total.toLocaleString('en')} keys on ${
        clients.length
      } ${nodes}: ${clients.map(({ node }) => node.id).join(', ')}`,
    );
  }

  scanned(keys: number): void {
    this.#scanned += keys;
    this.#tellSometimes();
  }

  changed(): void {
    this.#tellSometimes();
  }

  /**
   * Writes down where it ended.
   *
   * @param end - absent when it broke off
   */
  async close(end?: { limited: boolean }): Promise<void> {
    await this.#writing;
    await this.#remember(true, end);
  }

  #tellSometimes(): void {
    const now = Date.now();
    if (now - this.#toldMs < EVERY_MS) return;
    this.#toldMs = now;
    const share = this.#total ? Math.min(1, this.#scanned / this.#total) : 0;
    this.#context.log.progress(
      share,
      `${this.#tally.changed.toLocaleString('en')} keys ${
        this.#done
      }, ${Math.round(share * 100)} % looked at`,
    );
    // A note that could not be written is followed by another, and the last one is waited for.
    this.#writing = this.#remember(false).catch(error =>
      this.#context.log.warn(`How far it is was not written down: ${error}`),
    );
  }

  #remember(ended: boolean, end?: { limited: boolean }): Promise<void> {
    const { changed, uncertain } = this.#tally;
    return this.#context.remember({ changed, uncertain, ended, ...end });
  }
}
