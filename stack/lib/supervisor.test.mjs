import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, beforeEach, describe, it } from 'node:test';
import { createRecords } from './records.mjs';
import { createSupervisor } from './supervisor.mjs';

const folder = mkdtempSync(join(tmpdir(), 'stack-supervisor-'));
mkdirSync(join(folder, 'run'));
after(() => rmSync(folder, { recursive: true }));

const IDLE = 'setInterval(() => {}, 1000)';

describe('the supervisor', () => {
  const events = [];
  let supervisor;
  beforeEach(() => {
    events.length = 0;
    supervisor = createSupervisor({
      // None of the names below has a port that is looked at.
      settings: { ports: new Proxy({}, { get: () => 0 }) },
      paths: { logFile: name => join(folder, `${name}.log`) },
      records: createRecords({
        fileOf: name => join(folder, 'run', `${name}.json`),
      }),
      progress: (name, message) =>
        events.push(`${name} ${message.replace(/ (after|\(pid).*/, '')}`),
    });
  });

  const service = (name, { script = IDLE, isReady = true } = {}) => ({
    name,
    address: 'nowhere',
    stopSignal: 'SIGTERM',
    readyTimeoutMs: 10_000,
    prepare: async () => {},
    commandLine: () => ({
      command: process.execPath,
      args: ['-e', script],
      env: process.env,
    }),
    isReady: async () => isReady,
  });
  const order = (...wanted) => wanted.map(event => events.indexOf(event));
  const isAscending = numbers =>
    numbers.every((each, i) => each >= 0 && (i === 0 || each > numbers[i - 1]));

  it('starts a process when those before it are ready, and ends it before them', async () => {
    await supervisor.start([
      service('superset-worker'),
      service('superset'),
      service('postgres'),
    ]);
    assert.ok(
      isAscending(
        order(
          'postgres ready',
          'superset starting',
          'superset ready',
          'superset-worker starting',
        ),
      ),
      events.join('\n'),
    );
    await supervisor.stopStarted();
    assert.ok(
      isAscending(
        order(
          'superset-worker stopped',
          'superset stopped',
          'postgres stopped',
        ),
      ),
      events.join('\n'),
    );
  });

  it('does not start what needs a process that did not start', async () => {
    const failing = service('postgres', {
      script: 'process.exit(3)',
      isReady: false,
    });
    await assert.rejects(
      supervisor.start([failing, service('superset'), service('redis')]),
      /postgres ended while starting \(exit code 3\)[^]*superset was not started/,
    );
    assert.ok(!events.includes('superset starting'));
    assert.ok(events.includes('redis stopped'), events.join('\n'));
  });
});
