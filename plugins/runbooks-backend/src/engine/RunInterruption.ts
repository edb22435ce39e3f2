/** Why a run's signal was aborted. */
export class RunInterruption extends Error {
  override readonly name = 'RunInterruption';
  readonly kind: 'cancel' | 'timeout' | 'shutdown' | 'lease-lost';

  constructor(kind: RunInterruption['kind'], message: string) {
    super(message);
    this.kind = kind;
  }
}

/** Why a signal was aborted, as far as it was one of ours. */
export function interruptionOf(
  signal: AbortSignal,
): RunInterruption['kind'] | undefined {
  const reason: unknown = signal.aborted ? signal.reason : undefined;
  return reason instanceof RunInterruption ? reason.kind : undefined;
}
