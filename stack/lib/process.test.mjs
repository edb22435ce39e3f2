import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { startServer, stopServer, tailOf } from './process.mjs';
import { readProcessIdentity } from './processIdentity.mjs';
import { createRecords } from './records.mjs';

const folder = mkdtempSync(join(tmpdir(), 'stack-process-'));
after(() => rmSync(folder, { recursive: true }));
const logFile = join(folder, 'server.log');
const startSleep = () =>
  startServer({
    command: 'sleep',
    args: ['60'],
    env: { PATH: process.env.PATH },
    logFile,
  });

describe('records and stopServer', () => {
  const records = createRecords({
    fileOf: service => join(folder, `${service}.json`),
  });

  it('finds a process again and stops it', async () => {
    const { pid } = await startSleep();
    records.write('sleeper', { pid, stopSignal: 'SIGTERM' });
    const record = records.readRunning('sleeper');
    assert.equal(record.pid, pid);
    assert.equal(await stopServer({ record }), 'stopped');
    assert.equal(records.readRunning('sleeper'), undefined);
  });

  it('leaves a process alone that got the pid of another', async () => {
    const child = await startSleep();
    const record = {
      pid: child.pid,
      identity: 'of another start',
      stopSignal: 'SIGKILL',
    };
    writeFileSync(join(folder, 'reused.json'), JSON.stringify(record));
    assert.equal(records.readRunning('reused'), undefined);
    assert.equal(await stopServer({ record }), 'gone');
    assert.ok(readProcessIdentity(child.pid));
    child.kill();
  });

  it('knows nothing of what was never recorded', () => {
    assert.equal(records.readRunning('nothing'), undefined);
  });
});

describe('startServer', () => {
  it('keeps one earlier log', async () => {
    writeFileSync(logFile, 'of the run before');
    const child = await startSleep();
    child.kill();
    assert.equal(
      readFileSync(`${logFile}.previous`, 'utf8'),
      'of the run before',
    );
    assert.equal(readFileSync(logFile, 'utf8'), '');
  });

  it('fails when the program does not exist', async () => {
    await assert.rejects(
      startServer({
        command: join(folder, 'missing'),
        args: [],
        env: {},
        logFile,
      }),
      /ENOENT/,
    );
  });
});

describe('tailOf', () => {
  it('gives the last lines without stack frames', () => {
    const log = join(folder, 'java.log');
    writeFileSync(
      log,
      'first\nError: x\n\tat a.b.C.d(C.java:1)\n\t... 5 more\n\nlast\n',
    );
    assert.equal(tailOf(log), 'first\nError: x\nlast');
    assert.equal(tailOf(log, 1), 'last');
  });
});
