/** How far a sweep has come. */
export class SweepProgress {
  /** Tables that were told of. */
  done = 0;
  /** What failed for the whole cluster: the sweep ends. */
  failure: unknown;

  private constructor(private readonly isOver: () => boolean) {}

  static create(isOver: () => boolean): SweepProgress {
    return new SweepProgress(isOver);
  }

  readonly shouldStop = (): boolean =>
    this.failure !== undefined || this.isOver();
}
