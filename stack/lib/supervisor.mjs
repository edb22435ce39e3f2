import { describePortsInUse } from './ports.mjs';
import { startServer, stopServer, tailOf } from './process.mjs';
import { startsAfter, stopOrder } from './services.mjs';
import { waitUntil } from './wait.mjs';

/**
 * Starts and stops services and remembers which ones it started.
 *
 * @param {{ settings: object, paths: object, records: object, progress: (service: string, message: string) => void }} options
 */
export function createSupervisor({ settings, paths, records, progress }) {
  const started = new Map();
  const stopping = new Set();
  const launching = new Set();

  const launch = async service => {
    await service.prepare();
    if (stopping.has(service.name)) {
      throw new Error(
        `${service.name} was not started: the stack is stopping.`,
      );
    }
    progress(service.name, 'starting');
    const startedAtMs = performance.now();
    const logFile = paths.logFile(service.name);
    const child = await startServer({ ...service.commandLine(), logFile });
    records.write(service.name, {
      pid: child.pid,
      stopSignal: service.stopSignal,
      version: service.version,
    });
    const ended = new Promise(resolve => {
      child.once('exit', (code, signal) =>
        resolve(signal ?? `exit code ${code}`),
      );
    });
    started.set(service.name, { child, ended });

    let end;
    ended.then(how => {
      end = how;
    });
    const isUp = await waitUntil({
      check: async () => end !== undefined || service.isReady(),
      timeoutMs: service.readyTimeoutMs,
    });
    if (end !== undefined || !isUp) {
      const what =
        end === undefined
          ? `was not ready after ${service.readyTimeoutMs / 1000} s`
          : `ended while starting (${end})`;
      throw new Error(
        `${service.name} ${what}. The end of ${logFile}:\n${tailOf(logFile)}`,
      );
    }
    await service.afterReady?.();
    const seconds = ((performance.now() - startedAtMs) / 1000).toFixed(1);
    progress(service.name, `ready after ${seconds} s at ${service.address}`);
  };

  /** Begins all that can begin; what waits for another process begins when that one is ready. */
  const launchInOrder = services => {
    const launched = new Map();
    const begin = service => {
      const known = launched.get(service.name);
      if (known !== undefined) {
        return known;
      }
      const before = services
        .filter(({ name }) => startsAfter(service.name).includes(name))
        .map(begin);
      const attempt = Promise.all(before).then(
        () => launch(service),
        () => {
          throw new Error(
            `${service.name} was not started, since it needs what did not start.`,
          );
        },
      );
      launched.set(service.name, attempt);
      return attempt;
    };
    return services.map(begin);
  };

  const reuse = ({ service, record }) => {
    if (record.version !== service.version) {
      throw new Error(
        `${service.name} ${record.version} runs already (pid ${record.pid}), not ${service.version}. ` +
          `Stop it first ('npm run stack:stop'), or give the other one a folder and ports of its own (LAKEHOUSE_STACK_HOME, STACK_TRINO_HTTP_PORT, STACK_TRINO_HTTPS_PORT).`,
      );
    }
    progress(service.name, `runs already (pid ${record.pid}): left as it is`);
  };

  const stopOne = async name => {
    const record = records.readRunning(name);
    if (record) {
      progress(name, `stopping (pid ${record.pid})`);
      const how = await stopServer({ record });
      progress(name, how === 'killed' ? 'killed: it did not stop' : 'stopped');
    }
    records.remove(name);
    return record !== undefined;
  };

  return {
    /** Starts those services that do not run yet, side by side as far as they can; when one fails, all that were started are stopped. */
    async start(services) {
      const found = services.map(service => ({
        service,
        record: records.readRunning(service.name),
      }));
      found.filter(({ record }) => record).forEach(reuse);
      const missing = found
        .filter(({ record }) => !record)
        .map(({ service }) => service);
      const inUse = await describePortsInUse({
        ports: settings.ports,
        processes: missing.map(({ name }) => name),
      });
      if (inUse.length > 0) {
        throw new Error(inUse.join('\n'));
      }
      missing.forEach(({ name }) => launching.add(name));
      const results = await Promise.allSettled(launchInOrder(missing));
      launching.clear();
      const failures = results.filter(({ status }) => status === 'rejected');
      if (failures.length > 0) {
        await this.stopStarted();
        throw new Error(
          failures.map(({ reason }) => reason.message).join('\n\n'),
        );
      }
      return missing.map(({ name }) => name);
    },

    /** Calls back when a service that this run started ends without having been asked to. */
    onUnexpectedEnd(callback) {
      for (const [name, { ended }] of started) {
        ended.then(how => {
          if (!stopping.has(name)) {
            started.delete(name);
            callback({ name, how, tail: tailOf(paths.logFile(name)) });
          }
        });
      }
    },

    /** Lets this process end while what it started goes on. */
    release() {
      for (const { child } of started.values()) {
        child.unref();
      }
    },

    hasStarted: () => started.size > 0,

    async stopStarted() {
      await this.stop([...new Set([...started.keys(), ...launching])]);
    },

    /** Stops services by what was recorded of them, wherever they were started. */
    async stop(names) {
      names.forEach(name => stopping.add(name));
      const stopped = [];
      for (const group of stopOrder(names)) {
        stopped.push(...(await Promise.all(group.map(stopOne))));
      }
      return stopped;
    },
  };
}
