import { spawn } from 'node:child_process';
import {
  closeSync,
  existsSync,
  openSync,
  readFileSync,
  renameSync,
} from 'node:fs';
import { readProcessIdentity } from './processIdentity.mjs';
import { waitUntil } from './wait.mjs';

const STOP_TIMEOUT_MS = 30_000;
const KILL_TIMEOUT_MS = 5_000;

/**
 * Starts a server in a process group of its own: Ctrl-C in the terminal then reaches only
 * us and the servers end in order.
 *
 * @param {{ command: string, args: string[], env: Record<string, string>, cwd?: string, uid?: number, gid?: number, logFile: string }} options
 * @returns {Promise<import('node:child_process').ChildProcess>} once the operating system has started it
 */
export function startServer({ command, args, env, cwd, uid, gid, logFile }) {
  // One earlier log is kept, so that logs never outgrow two runs.
  if (existsSync(logFile)) {
    renameSync(logFile, `${logFile}.previous`);
  }
  const log = openSync(logFile, 'a', 0o600);
  const child = spawn(command, args, {
    env,
    cwd,
    uid,
    gid,
    detached: true,
    stdio: ['ignore', log, log],
  });
  closeSync(log);
  return new Promise((resolve, reject) => {
    child.once('spawn', () => resolve(child));
    child.once('error', reject);
  });
}

/**
 * Ends a recorded process and waits for it. Does nothing when the pid belongs to another
 * process by now.
 *
 * @param {{ record: { pid: number, identity: string, stopSignal: string } }} options
 * @returns {Promise<'stopped' | 'killed' | 'gone'>}
 */
export async function stopServer({ record }) {
  const { pid, identity, stopSignal } = record;
  const hasEnded = () => readProcessIdentity(pid) !== identity;
  if (hasEnded()) {
    return 'gone';
  }
  sendSignal(pid, stopSignal);
  if (await waitUntil({ check: hasEnded, timeoutMs: STOP_TIMEOUT_MS })) {
    return 'stopped';
  }
  sendSignal(pid, 'SIGKILL');
  if (await waitUntil({ check: hasEnded, timeoutMs: KILL_TIMEOUT_MS })) {
    return 'killed';
  }
  throw new Error(
    `Process ${pid} did not end, not even by SIGKILL. It is likely waiting for a disk; look at it with 'ps -o pid,stat,command -p ${pid}'.`,
  );
}

function sendSignal(pid, signal) {
  try {
    process.kill(pid, signal);
  } catch (error) {
    // It ended between the look and the signal.
    if (error.code !== 'ESRCH') {
      throw error;
    }
  }
}

/** The last lines of a log file without the frames of Java's stack traces, which would hide the cause. */
export function tailOf(logFile, lineCount = 20) {
  return readFileSync(logFile, 'utf8')
    .split('\n')
    .filter(
      line => line.trim() !== '' && !/^\s+(at |\.\.\. \d+ more)/.test(line),
    )
    .slice(-lineCount)
    .join('\n');
}
