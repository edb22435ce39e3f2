import { type EventListener } from '../events/EventListener';
import { type SandboxWorld } from '../world/SandboxWorld';

export interface WorkloadOptions {
  world: SandboxWorld;
  listener?: EventListener;
}

/** Simulated users. */
export class Workload {
  private constructor(private readonly options: WorkloadOptions) {}

  static start(options: WorkloadOptions): Workload {
    return new Workload(options);
  }

  stop(): void {
    this.options.listener?.close();
  }
}
