import { spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './paths.mjs';
import { Problem, problemFrom } from './problems.mjs';

/** How long the end of killed processes is waited for. */
const GONE_MS = 3_000;
const GRACE_MS = 10_000;
const TAIL_CHARS = 8_000;

/** Starts processes, each in a group of its own, and ends exactly those. */
export class Supervisor {
  #children = new Map();
  #stopping = false;
  #failed;

  constructor({ logs }) {
    this.logs = logs;
    mkdirSync(logs, { recursive: true });
    /** Rejects when a process ends that should go on. */
    this.failure = new Promise((_, reject) => {
      this.#failed = reject;
    });
    // Looked at by whoever waits; a failure before that must not end this process unheard.
    this.failure.catch(() => undefined);
  }

  start({ name, command, args, env, cwd = root }) {
    // Straight to the file: a process must not hang on a reader that is gone.
    const log = join(this.logs, `${name}.log`);
    const file = openSync(log, 'w');
    const child = spawn(command, args, {
      cwd,
      env,
      detached: true,
      stdio: ['ignore', file, file],
    });
    closeSync(file);
    const ended = new Promise(resolve => {
      child.once('error', error => resolve(String(error)));
      child.once('exit', (code, signal) =>
        resolve(signal ?? `exit code ${code}`),
      );
    });
    this.#children.set(name, { child, ended });
    ended.then(how => {
      this.#children.delete(name);
      if (this.#stopping) return;
      const tail = tailOf(log);
      this.#failed(
        problemFrom(/ENOSPC/.test(tail) ? tail : '', {
          what: `${name} stopped by itself (${how}). Its last words:\n${tail
            .trim()
            .split('\n')
            .slice(-15)
            .join('\n')}`,
          wayOut: `The whole log is ${log}.`,
        }),
      );
    });
  }

  /** Waits until `check` answers true; fails when a process ends or the time is over. */
  async ready({ name, check, timeoutMs }) {
    const until = Date.now() + timeoutMs;
    while (Date.now() < until) {
      const done = await Promise.race([
        check().catch(() => false),
        this.failure,
      ]);
      if (done) return;
      await Promise.race([
        new Promise(resolve => setTimeout(resolve, 250)),
        this.failure,
      ]);
    }
    throw new Problem(
      `${name} was not ready after ${timeoutMs / 1000} s.`,
      `Its log is ${join(this.logs, `${name}.log`)}.`,
    );
  }

  /** Asks all to end, then ends what is left. */
  async stop() {
    this.#stopping = true;
    const all = [...this.#children.values()];
    for (const { child } of all) signalGroup(child.pid, 'SIGTERM');
    let timer;
    const grace = new Promise(resolve => {
      timer = setTimeout(resolve, GRACE_MS);
    });
    await Promise.race([Promise.all(all.map(({ ended }) => ended)), grace]);
    clearTimeout(timer);
    for (const { child } of all) signalGroup(child.pid, 'SIGKILL');
    await Promise.all(all.map(({ child }) => groupGone(child.pid)));
  }
}

/** Waits until nothing of a group is left that could hold a port, for a short time at most. */
async function groupGone(pid) {
  const until = Date.now() + GONE_MS;
  while (signalGroup(pid, 0) && Date.now() < until) {
    await new Promise(resolve => setTimeout(resolve, 50));
  }
}

function tailOf(file) {
  return readFileSync(file, 'utf8').slice(-TAIL_CHARS);
}

/** @returns whether there is such a group */
function signalGroup(pid, signal) {
  try {
    process.kill(-pid, signal);
    return true;
  } catch (error) {
    if (error.code !== 'ESRCH') throw error; // ESRCH: the whole group is gone, as wished
    return false;
  }
}
