import type { LoggerService } from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';
import type { SignalsService } from '@backstage/plugin-signals-node';
import {
  LAKEHOUSE_SIGNALS_CHANNEL,
  type LakehouseSignal,
} from '@lakehouse-ops/plugin-lakehouse-common';

const MIN_INTERVAL_MS = 1_000;

/** Tells the frontends that something changed, at most once a second for each connection and kind. */
export class ChangeNotifier {
  readonly #signals: SignalsService;
  readonly #logger: LoggerService;
  readonly #lastSent = new Map<string, number>();
  readonly #timers = new Map<string, NodeJS.Timeout>();
  #failing = false;

  static create(options: {
    signals: SignalsService;
    logger: LoggerService;
  }): ChangeNotifier {
    return new ChangeNotifier(options.signals, options.logger);
  }

  private constructor(signals: SignalsService, logger: LoggerService) {
    this.#signals = signals;
    this.#logger = logger;
  }

  notify(connection: string, kind: LakehouseSignal['kind']) {
    const key = `${kind}:${connection}`;
    if (this.#timers.has(key)) return;
    const wait = (this.#lastSent.get(key) ?? 0) + MIN_INTERVAL_MS - Date.now();
    const send = () => {
      this.#timers.delete(key);
      this.#lastSent.set(key, Date.now());
      void this.#send({ connection, kind, at: new Date().toISOString() });
    };
    if (wait <= 0) send();
    else this.#timers.set(key, setTimeout(send, wait));
  }

  /** Sends nothing more. */
  close() {
    for (const timer of this.#timers.values()) clearTimeout(timer);
    this.#timers.clear();
  }

  async #send(message: LakehouseSignal): Promise<void> {
    try {
      await this.#signals.publish({
        recipients: { type: 'broadcast' },
        channel: LAKEHOUSE_SIGNALS_CHANNEL,
        message,
      });
      if (this.#failing) this.#logger.info('Signals are sent again');
      this.#failing = false;
    } catch (error) {
      // Said once until it works again: it would be said of each change.
      if (this.#failing) return;
      this.#failing = true;
      this.#logger.warn(
        `A signal was not sent, and open pages look for changes from time to time until that works again: ${
          toError(error).message
        }`,
      );
    }
  }
}
