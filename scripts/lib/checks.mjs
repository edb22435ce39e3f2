import { spawn } from 'node:child_process';
import { onStop } from './cleanUp.mjs';
import { root } from './paths.mjs';

/**
 * Runs a command to its end; answers its exit code and, where asked to, its
 * output: `quiet` keeps it from the screen, `tee` shows it as well.
 */
export function run(command, args, options = {}) {
  const { env = process.env, quiet = false, tee = false, cwd = root } = options;
  const kept = quiet || tee;
  return new Promise(resolve => {
    let output = '';
    const child = spawn(command, args, {
      cwd,
      env,
      stdio: kept
        ? ['ignore', 'pipe', 'pipe']
        : ['ignore', 'inherit', 'inherit'],
    });
    for (const stream of kept ? [child.stdout, child.stderr] : []) {
      stream.on('data', chunk => {
        if (tee) process.stdout.write(chunk);
        output = (output + chunk).slice(-2_000_000);
      });
    }
    const ended = onStop(() => child.kill());
    child.on('error', error => {
      ended();
      resolve({ code: 1, output: String(error) });
    });
    child.on('close', code => {
      ended();
      resolve({ code: code ?? 1, output });
    });
  });
}

/** Runs checks one after the other, tells how long each took, and counts. */
export class Tally {
  passed = 0;
  failed = 0;

  async check(name, work) {
    const started = Date.now();
    process.stdout.write(`• ${name} …\n`);
    const { passed, failed, output } = await work();
    this.passed += passed;
    this.failed += failed;
    if (failed > 0 && output) console.log(output.slice(-12_000));
    const mark = failed > 0 ? '✗' : '✓';
    console.log(
      `${mark} ${name}: ${passed} passed, ${failed} failed (${Math.round(
        (Date.now() - started) / 1000,
      )} s)\n`,
    );
  }

  /** A command that passes when it exits with 0. */
  command(name, command, args, options) {
    return this.check(name, async () => {
      const { code, output } = await run(command, args, {
        ...options,
        quiet: true,
      });
      return code === 0
        ? { passed: 1, failed: 0 }
        : { passed: 0, failed: 1, output };
    });
  }

  /** Prints the closing count; answers the exit code. */
  close() {
    console.log(`${this.passed} passed, ${this.failed} failed`);
    return this.failed > 0 || this.passed === 0 ? 1 : 0;
  }
}
