import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { required } from './superset';

const ROOT = join(__dirname, '..', '..');
const LOADER = join(
  ROOT,
  'node_modules/@backstage/cli/config/nodeTransform.cjs',
);
const READY_MS = 60_000;
/** Another at each run, as answers may still be kept. */
const FIRST_REPO = Date.now() % 1_000_000_000;
let asked = 0;

/** The example service, running on the stack and telling the backend how it uses its cache. */
export class PersonalApi {
  readonly #process: ChildProcess;
  readonly #urls: { url: string; admin: string };

  /** @param env - settings of the service on top of those of the stack */
  static async start(
    env: Readonly<Record<string, string>> = {},
  ): Promise<PersonalApi> {
    const child = spawn(
      process.execPath,
      ['--require', LOADER, 'examples/personal-api/src/main.ts'],
      {
        cwd: ROOT,
        stdio: ['ignore', 'pipe', 'inherit'],
        env: {
          ...process.env,
          PERSONAL_API_PORT: '0',
          PERSONAL_API_ADMIN_PORT: '0',
          PERSONAL_API_TRINO_URL: required('STACK_TRINO_HTTP_URL'),
          PERSONAL_API_REDIS_URL: required('STACK_REDIS_URL'),
          PERSONAL_API_LAKEHOUSE_URL: required('E2E_BACKEND_URL'),
          PERSONAL_API_LAKEHOUSE_TOKEN: required('LAKEHOUSE_INGEST_TOKEN'),
          PERSONAL_API_LAKEHOUSE_CACHE: 'cache',
          ...env,
        },
      },
    );
    return new PersonalApi(child, await ready(child));
  }

  private constructor(
    child: ChildProcess,
    urls: { url: string; admin: string },
  ) {
    this.#process = child;
    this.#urls = urls;
  }

  /** Asks for what nobody has asked for yet, so that Trino is asked; settles when it is answered. */
  async askForNew(): Promise<void> {
    asked += 1;
    const response = await fetch(
      `${this.#urls.url}/v1/repos/${FIRST_REPO + asked}/stats`,
    );
    if (!response.ok) {
      throw new Error(
        `personal-api: ${response.status} ${await response.text()}`,
      );
    }
    await response.arrayBuffer();
  }

  /** Lets a hot key expire again and again while nothing protects it. @returns what was asked for */
  async stampede(seconds: number): Promise<{ hotPath: string }> {
    const { url, admin } = this.#urls;
    const child = spawn(
      process.execPath,
      [
        '--require',
        LOADER,
        'examples/personal-api/src/load.ts',
        ...['--url', url],
        ...['--admin', admin],
        ...['--seconds', String(seconds)],
        ...['--rate', '60', '--ttl', '5', '--stampede'],
      ],
      { cwd: ROOT, stdio: ['ignore', 'pipe', 'inherit'] },
    );
    let text = '';
    child.stdout.on('data', chunk => {
      text += chunk;
    });
    const code = await new Promise(resolve => child.once('exit', resolve));
    if (code !== 0) throw new Error(`The load ended with exit code ${code}.`);
    return JSON.parse(text);
  }

  async stop(): Promise<void> {
    const ended = new Promise(resolve => this.#process.once('exit', resolve));
    this.#process.kill('SIGTERM');
    await ended;
  }
}

function ready(child: ChildProcess): Promise<{ url: string; admin: string }> {
  return new Promise((resolve, reject) => {
    let text = '';
    const timer = setTimeout(
      () => reject(new Error('personal-api was not ready in time.')),
      READY_MS,
    );
    child.stdout?.on('data', chunk => {
      text += chunk;
      const told = /ready on (\S+), admin on (\S+)/.exec(text);
      if (!told) return;
      clearTimeout(timer);
      resolve({ url: told[1], admin: told[2] });
    });
    child.once('exit', code =>
      reject(new Error(`personal-api ended with exit code ${code}.`)),
    );
  });
}
