import type { RunEvent } from '@lakehouse-ops/plugin-runbooks-common';
import type { RunLog } from '@lakehouse-ops/plugin-runbooks-node';
import type { NewRunEvent } from '../store/RunStore';
import { limitText, MAX_MESSAGE_LENGTH } from './limits';

const FLUSH_AFTER_MS = 100;
/** Lines kept until the next write; what comes beyond it within that time is dropped and counted. */
const MAX_BUFFERED = 400;

/**
 * Collects log lines for a moment and writes them together. A run keeps at
 * most `maxEvents` of them; one line then says so.
 */
export class BufferedRunLog implements RunLog {
  readonly #append: (events: readonly NewRunEvent[]) => Promise<number>;
  readonly #onFailure: (error: unknown) => void;
  readonly #maxEvents: number;
  #buffer: NewRunEvent[] = [];
  #dropped = 0;
  #full = false;
  #timer: NodeJS.Timeout | undefined;
  #writing: Promise<void> = Promise.resolve();

  constructor(options: {
    append: (events: readonly NewRunEvent[]) => Promise<number>;
    onFailure: (error: unknown) => void;
    maxEvents: number;
  }) {
    this.#append = options.append;
    this.#onFailure = options.onFailure;
    this.#maxEvents = options.maxEvents;
  }

  info(message: string): void {
    this.#add({ type: 'log', level: 'info', message });
  }

  warn(message: string): void {
    this.#add({ type: 'log', level: 'warn', message });
  }

  error(message: string): void {
    this.#add({ type: 'log', level: 'error', message });
  }

  progress(share: number, message: string): void {
    const progress = Math.min(1, Math.max(0, share));
    this.#add({ type: 'progress', level: 'info', message, progress });
  }

  /** Writes what is waiting. Lines that can't be written are lost, and that is logged. */
  async flush(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#writing = this.#writing.then(() => this.#write());
    await this.#writing;
  }

  #add(event: Omit<RunEvent, 'sequence' | 'at'>): void {
    if (this.#full) return;
    if (this.#buffer.length >= MAX_BUFFERED) {
      this.#dropped += 1;
      return;
    }
    this.#buffer.push({
      ...event,
      message: limitText(event.message, MAX_MESSAGE_LENGTH),
      at: new Date().toISOString(),
    });
    this.#timer ??= setTimeout(() => this.flush(), FLUSH_AFTER_MS);
  }

  async #write(): Promise<void> {
    const events = this.#buffer;
    this.#buffer = [];
    if (this.#dropped > 0) {
      events.push(notice(`${this.#dropped} lines came too fast to be kept`));
      this.#dropped = 0;
    }
    if (events.length === 0 || this.#full) return;
    try {
      const total = await this.#append(events);
      if (total >= this.#maxEvents) {
        this.#full = true;
        await this.#append([
          notice(
            `The log ends here: a run keeps ${
              this.#maxEvents
            } lines. The run itself goes on.`,
          ),
        ]);
      }
    } catch (error) {
      this.#onFailure(error);
    }
  }
}

function notice(message: string): NewRunEvent {
  return { type: 'log', level: 'warn', message, at: new Date().toISOString() };
}
