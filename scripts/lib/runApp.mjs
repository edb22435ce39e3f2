import { join, relative } from 'node:path';
import { answers, backstageStart } from './backstage.mjs';
import { root } from './paths.mjs';
import { claimPort } from './ports.mjs';
import { explain } from './problems.mjs';
import { Supervisor } from './Supervisor.mjs';

const APP_PORTS = [
  { variable: 'PORT', fallback: 3000, what: 'the app' },
  { variable: 'BACKEND_PORT', fallback: 7007, what: 'the backend' },
  {
    variable: 'BACKEND_METRICS_PORT',
    fallback: 9464,
    what: "the backend's metrics",
  },
];
const READY_MS = 240_000;

/** Whether the first person can sign in: the catalog has read the people by then. */
function letsIn(backendPort) {
  return answers(`http://localhost:${backendPort}/api/auth/demo/refresh`, {
    'x-demo-person': 'olivia',
    'x-requested-with': 'XMLHttpRequest',
  });
}

/** Runs services, backend and app until Ctrl-C; ends the process. */
export async function runApp({ data, configs, env, services, firstClick }) {
  const started = Date.now();
  const supervisor = new Supervisor({ logs: join(data, 'logs') });
  let stopping = false;
  const stop = async code => {
    if (stopping) return;
    stopping = true;
    await supervisor.stop();
    process.exit(code);
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(signal, () => {
      console.log('\n• Stopping');
      void stop(0);
    });
  }
  // Nobody reads any more, as when a terminal was closed: that is a reason to stop as well.
  process.stdout.on('error', () => void stop(1));
  process.stderr.on('error', () => void stop(1));

  try {
    const ports = {};
    for (const port of [...APP_PORTS, ...services.flatMap(one => one.ports)]) {
      ports[port.variable] = await claimPort(port);
    }
    const shared = {
      ...process.env,
      ...env,
      ...Object.fromEntries(
        Object.entries(ports).map(([k, v]) => [k, String(v)]),
      ),
    };
    for (const service of services) {
      supervisor.start({
        ...service,
        env: { ...shared, ...service.env({ ports, env }) },
      });
      await supervisor.ready({
        name: service.name,
        check: () => service.check({ ports }),
        timeoutMs: READY_MS,
      });
      console.log(`✓ ${service.name} is up`);
    }
    supervisor.start({
      name: 'backstage',
      ...backstageStart(configs),
      env: shared,
    });
    const url = `http://localhost:${ports.PORT}`;
    await supervisor.ready({
      name: 'backstage',
      check: () =>
        answers(
          `http://localhost:${ports.BACKEND_PORT}/.backstage/health/v1/readiness`,
        ),
      timeoutMs: READY_MS,
    });
    console.log('✓ backend is up');
    await supervisor.ready({
      name: 'backstage',
      check: async () =>
        (await answers(url)) && (await letsIn(ports.BACKEND_PORT)),
      timeoutMs: READY_MS,
    });
    console.log(
      `✓ Ready in ${Math.round(
        (Date.now() - started) / 1000,
      )} s: open ${url}, ${firstClick}. (Ctrl-C stops; logs in ${relative(
        root,
        supervisor.logs,
      )})`,
    );
    await supervisor.failure;
  } catch (error) {
    if (stopping) return;
    console.error(`\n${explain(error)}`);
    await stop(1);
  }
}
