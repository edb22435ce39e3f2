import { toError } from '@backstage/errors';
import type { SystemCapabilities } from './SystemConnection';

/** Refusals may come in showers; each needs no probe of its own. */
const REPROBE_AFTER_MS = 60_000;

/** Keeps the last probe of a system. Probes again when it is too old, and when a refusal shows that rights have changed. */
export class CapabilityProbe {
  readonly #ttlMs: number;
  readonly #probe: () => Promise<SystemCapabilities>;
  #last: { capabilities: SystemCapabilities; probedMs: number } | undefined;
  #probing: Promise<SystemCapabilities> | undefined;
  #lastError: Error | undefined;
  #doubted = false;

  static create(options: {
    ttlMs: number;
    probe: () => Promise<SystemCapabilities>;
  }): CapabilityProbe {
    return new CapabilityProbe(options);
  }

  private constructor(options: Parameters<typeof CapabilityProbe.create>[0]) {
    this.#ttlMs = options.ttlMs;
    this.#probe = options.probe;
  }

  get last(): SystemCapabilities | undefined {
    return this.#last?.capabilities;
  }

  /** Why the last probe failed, until one succeeds. */
  get lastError(): Error | undefined {
    return this.#lastError;
  }

  /** What was probed may not hold any more. */
  doubt() {
    this.#doubted = true;
  }

  async get(options: { refresh?: boolean } = {}): Promise<SystemCapabilities> {
    const ageMs = this.#last
      ? performance.now() - this.#last.probedMs
      : Infinity;
    const holds =
      ageMs < this.#ttlMs && !(this.#doubted && ageMs >= REPROBE_AFTER_MS);
    if (this.#last && holds && !options.refresh) {
      return this.#last.capabilities;
    }
    this.#probing ??= this.#renew().finally(() => {
      this.#probing = undefined;
    });
    return this.#probing;
  }

  async #renew(): Promise<SystemCapabilities> {
    this.#doubted = false;
    try {
      const capabilities = await this.#probe();
      this.#last = { capabilities, probedMs: performance.now() };
      this.#lastError = undefined;
      return capabilities;
    } catch (error) {
      this.#lastError = toError(error);
      throw error;
    }
  }
}
