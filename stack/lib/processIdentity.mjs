import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/**
 * What tells a process from any other that gets the same pid later: when it started.
 *
 * @param {number} pid
 * @returns {string | undefined} undefined when no such process runs
 */
export function readProcessIdentity(pid) {
  return process.platform === 'linux' ? fromProc(pid) : fromPs(pid);
}

function fromProc(pid) {
  try {
    const bootId = readFileSync(
      '/proc/sys/kernel/random/boot_id',
      'utf8',
    ).trim();
    const start = parseProcStat(readFileSync(`/proc/${pid}/stat`, 'utf8'));
    return start === undefined ? undefined : `${bootId}:${start}`;
  } catch (error) {
    if (error.code === 'ENOENT' || error.code === 'ESRCH') {
      return undefined;
    }
    throw error;
  }
}

/**
 * Reads the start time (field 22, in clock ticks since boot) of `/proc/<pid>/stat`
 * (proc_pid_stat(5)). The command in field 2 may hold spaces and brackets, so fields are
 * counted from its last bracket. A zombie has ended, only its parent has not noticed.
 *
 * @param {string} stat
 * @returns {string | undefined}
 */
export function parseProcStat(stat) {
  const fields = stat
    .slice(stat.lastIndexOf(')') + 2)
    .trim()
    .split(' ');
  const [state] = fields;
  return state === 'Z' || state === 'X' ? undefined : fields[19];
}

function fromPs(pid) {
  try {
    const start = execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
      env: { ...process.env, LC_ALL: 'C' },
    }).trim();
    return start || undefined;
  } catch (error) {
    // ps answers 1 when no such process runs.
    if (error.status === 1) {
      return undefined;
    }
    throw error;
  }
}
