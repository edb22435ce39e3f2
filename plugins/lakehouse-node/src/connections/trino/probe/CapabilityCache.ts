import type { TrinoInfo } from '../rest/readInfo';
import type { TrinoCapabilities } from '../TrinoConnection';

/** How often a restart or an upgrade of the server is looked for while a probe is still good. */
const INFO_INTERVAL_MS = 30_000;
/** Refusals may come in showers; each needs no probe of its own. */
const REPROBE_AFTER_MS = 60_000;

/**
 * Keeps the last probe. Probes again when it is too old, when the server was
 * restarted or upgraded, and when a refusal shows that rights have changed.
 */
export class CapabilityCache {
  readonly #ttlMs: number;
  readonly #readInfo: () => Promise<TrinoInfo>;
  readonly #probe: (info: TrinoInfo) => Promise<TrinoCapabilities>;
  #last:
    | {
        capabilities: TrinoCapabilities;
        info: TrinoInfo;
        probedMs: number;
        infoMs: number;
      }
    | undefined;
  #probing: Promise<TrinoCapabilities> | undefined;
  #doubted = false;

  static create(options: {
    ttlMs: number;
    readInfo: () => Promise<TrinoInfo>;
    probe: (info: TrinoInfo) => Promise<TrinoCapabilities>;
  }) {
    return new CapabilityCache(options);
  }

  private constructor(options: {
    ttlMs: number;
    readInfo: () => Promise<TrinoInfo>;
    probe: (info: TrinoInfo) => Promise<TrinoCapabilities>;
  }) {
    this.#ttlMs = options.ttlMs;
    this.#readInfo = options.readInfo;
    this.#probe = options.probe;
  }

  get last(): TrinoCapabilities | undefined {
    return this.#last?.capabilities;
  }

  /** What was probed may not hold any more. */
  doubt() {
    this.#doubted = true;
  }

  async get(options: { refresh?: boolean } = {}): Promise<TrinoCapabilities> {
    if (this.#probing) return this.#probing;
    if (!options.refresh && this.#last && (await this.#stillHolds())) {
      return this.#last.capabilities;
    }
    this.#probing ??= this.#renew().finally(() => {
      this.#probing = undefined;
    });
    return this.#probing;
  }

  async #stillHolds(): Promise<boolean> {
    const last = this.#last;
    const nowMs = performance.now();
    if (!last || last.info.starting) return false;
    const ageMs = nowMs - last.probedMs;
    if (ageMs >= this.#ttlMs) return false;
    if (this.#doubted && ageMs >= REPROBE_AFTER_MS) return false;
    if (nowMs - last.infoMs < INFO_INTERVAL_MS) return true;
    try {
      const info = await this.#readInfo();
      if (isSameRun(last.info, info)) {
        last.info = info;
        last.infoMs = nowMs;
        return true;
      }
      return false;
    } catch {
      // A server that does not answer now has not lost its capabilities; whoever uses them meets the error.
      return true;
    }
  }

  async #renew(): Promise<TrinoCapabilities> {
    const info = await this.#readInfo();
    this.#doubted = false;
    const capabilities = await this.#probe(info);
    const nowMs = performance.now();
    this.#last = { capabilities, info, probedMs: nowMs, infoMs: nowMs };
    return capabilities;
  }
}

function isSameRun(before: TrinoInfo, now: TrinoInfo): boolean {
  return (
    before.version === now.version &&
    before.starting === now.starting &&
    (before.uptimeMs ?? 0) <= (now.uptimeMs ?? 0)
  );
}
