import { type ChildProcess, fork } from 'node:child_process';
import { join } from 'node:path';
import { z } from 'zod';

const Ready = z.object({ type: z.literal('ready') });

const Felt = z.object({
  type: z.literal('felt'),
  requests: z.number(),
  p50Ms: z.number(),
  p99Ms: z.number(),
  maxMs: z.number(),
});

/** What a concurrent client felt. */
export type ProbeResult = z.output<typeof Felt>;

/** A client in a process of its own that uses the server all the time. */
export class Probe {
  readonly #process: ChildProcess;

  static async start(port: number): Promise<Probe> {
    const child = fork(join(__dirname, 'probeClient.ts'), {
      env: { ...process.env, PROBE_PORT: String(port) },
      execArgv: process.execArgv.filter(each => each !== '--expose-gc'),
    });
    const probe = new Probe(child);
    await probe.#next(Ready);
    return probe;
  }

  private constructor(child: ChildProcess) {
    this.#process = child;
  }

  /** What it feels while something runs. */
  async during(run: () => Promise<void>): Promise<ProbeResult> {
    this.#process.send('begin');
    await run();
    const result = this.#next(Felt);
    this.#process.send('end');
    return result;
  }

  async stop(): Promise<void> {
    const ended = new Promise(resolve => this.#process.once('exit', resolve));
    this.#process.send('stop');
    await ended;
  }

  /** Other messages come too: of the loader, for one. */
  #next<T>(shape: z.ZodType<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      const onExit = (code: number | null) =>
        reject(new Error(`The probe ended with exit code ${code}.`));
      const onMessage = (message: unknown) => {
        const read = shape.safeParse(message);
        if (!read.success) return;
        this.#process.off('message', onMessage);
        this.#process.off('exit', onExit);
        resolve(read.data);
      };
      this.#process.on('message', onMessage);
      this.#process.once('exit', onExit);
    });
  }
}
