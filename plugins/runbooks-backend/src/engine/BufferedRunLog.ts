import type { RunLog } from '@lakehouse-ops/plugin-runbooks-node';
import type { NewRunEvent } from '../store/RunStore';
import { limitText, MAX_MESSAGE_LENGTH } from './limits';

/** Lines kept until the next write; what comes beyond it within that time is dropped and counted. */
const MAX_BUFFERED = 400;

/**
 * Collects log lines until they are written together. A run keeps at most
 * `maxEvents` of them; one line then says so.
 */
export class BufferedRunLog implements RunLog {
  readonly #onLine: () => void;
  readonly #maxEvents: number;
  #kept: number;
  #buffer: NewRunEvent[] = [];
  #dropped = 0;
  #full: boolean;

  constructor(options: {
    /** Something waits to be written. */
    onLine: () => void;
    maxEvents: number;
    /** Lines that the run has already. */
    kept: number;
  }) {
    this.#onLine = options.onLine;
    this.#maxEvents = options.maxEvents;
    this.#kept = options.kept;
    this.#full = options.kept >= options.maxEvents;
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

  /** What is to be written now; it is not given again. */
  take(): NewRunEvent[] {
    const lines = this.#buffer;
    this.#buffer = [];
    if (this.#dropped > 0) {
      lines.push(notice(`${this.#dropped} lines came too fast to be kept`));
      this.#dropped = 0;
    }
    const room = this.#maxEvents - this.#kept;
    if (lines.length < room || lines.length === 0) {
      this.#kept += lines.length;
      return lines;
    }
    this.#full = true;
    const last = notice(
      `The log ends here: a run keeps ${
        this.#maxEvents
      } lines. The run itself goes on.`,
    );
    const fitting = [...lines.slice(0, Math.max(0, room - 1)), last];
    this.#kept += fitting.length;
    return fitting;
  }

  /** Lines that were written besides count too. */
  wroteBesides(count: number): void {
    this.#kept += count;
  }

  #add(event: Omit<NewRunEvent, 'at'>): void {
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
    if (this.#buffer.length === 1) this.#onLine();
  }
}

function notice(message: string): NewRunEvent {
  return { type: 'log', level: 'warn', message, at: new Date().toISOString() };
}
