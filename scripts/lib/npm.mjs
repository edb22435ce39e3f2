import { spawn, spawnSync } from 'node:child_process';

/** npm as it was started, or the one on PATH: it must run on the Node that it came with. */
function npmCommand() {
  const cli = process.env.npm_execpath;
  return cli && /npm-cli\.js$/.test(cli) ? [process.execPath, cli] : ['npm'];
}

/** One npm setting; undefined when it is not set or npm is not there. */
export function npmConfig(name) {
  const [command, ...first] = npmCommand();
  const { stdout } = spawnSync(command, [...first, 'config', 'get', name], {
    encoding: 'utf8',
  });
  const value = stdout?.trim();
  return !value || value === 'undefined' || value === 'null'
    ? undefined
    : value;
}

/** Runs npm to its end; answers its exit code and the tail of its output. */
export function npm(args, options) {
  const [command, ...first] = npmCommand();
  return new Promise(resolve => {
    let output = '';
    const keep = chunk => {
      output = (output + chunk).slice(-20_000);
    };
    const child = spawn(command, [...first, ...args], {
      ...options,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    child.on('error', error => resolve({ code: 1, output: String(error) }));
    child.on('close', code => resolve({ code: code ?? 1, output }));
  });
}
