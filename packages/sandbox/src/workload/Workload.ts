import { workloadSession } from '../cluster/ClientSession';
import { type Query } from '../cluster/Query';
import { completedEvent } from '../events/completedEvent';
import { type EventListener } from '../events/EventListener';
import { Random } from '../world/Random';
import { type SandboxWorld } from '../world/SandboxWorld';
import { backfill } from './backfill';
import { type Persona } from './Persona';
import { PERSONAS } from './personas';
import { simulatedWork } from './simulatedWork';

export interface WorkloadOptions {
  world: SandboxWorld;
  seed: number;
  speed: number;
  listener?: EventListener;
}

const MAX_ACTIVE = 30;
const LISTENER_INTERVAL_MS = 2_000;
const LISTENER_ATTEMPTS = 300;
const LONGEST_PAUSE = 6;

/** Simulated users, and the hour before they were simulated. */
export class Workload {
  private readonly timers = new Set<NodeJS.Timeout>();
  private stopped = false;

  private constructor(private readonly options: WorkloadOptions) {}

  static start(options: WorkloadOptions): Workload {
    const workload = new Workload(options);
    const past = backfill(options.world, PERSONAS, options.seed);
    workload.report(past, LISTENER_ATTEMPTS);
    PERSONAS.forEach((persona, i) => {
      workload.schedule(persona, Random.create(options.seed * 1009 + i));
    });
    return workload;
  }

  stop(): void {
    this.stopped = true;
    this.timers.forEach(timer => clearTimeout(timer));
    this.timers.clear();
  }

  /**
   * Tells the listener of the past as soon as it takes the first event of it:
   * a backend that is still starting refuses or isn't there.
   */
  private report(past: Query[], attempts: number): void {
    const { listener, world } = this.options;
    const [oldest, ...rest] = past;
    if (!listener || !oldest || attempts === 0) {
      return;
    }
    listener.offer(completedEvent(oldest, world)).then(taken => {
      if (!taken) {
        this.later(LISTENER_INTERVAL_MS, () => this.report(past, attempts - 1));
        return;
      }
      const known = new Set(past);
      const since = world.queries.all().filter(q => q.isDone && !known.has(q));
      for (const query of [...rest, ...since]) {
        listener.send(() => completedEvent(query, world));
      }
    });
  }

  private schedule(persona: Persona, random: Random): void {
    const pause = Math.min(LONGEST_PAUSE, -Math.log(1 - random.next()));
    const delayMs = (persona.everyMs * pause) / this.options.speed;
    this.later(delayMs, () => {
      this.submit(persona, random);
      this.schedule(persona, random);
    });
  }

  private submit(persona: Persona, random: Random): void {
    const { world } = this.options;
    const statement = persona.next(random);
    if (world.queries.active().length >= MAX_ACTIVE) {
      return;
    }
    world.queries.submit({
      session: workloadSession(persona),
      sql: statement.sql,
      unattended: true,
      prepare: query => simulatedWork(statement, query, world),
    });
  }

  private later(ms: number, act: () => void): void {
    if (this.stopped) {
      return;
    }
    const timer = setTimeout(() => {
      this.timers.delete(timer);
      act();
    }, ms);
    this.timers.add(timer);
  }
}
