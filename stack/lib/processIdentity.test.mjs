import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { describe, it } from 'node:test';
import { parseProcStat, readProcessIdentity } from './processIdentity.mjs';

const REST = '1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18';

describe('parseProcStat', () => {
  it('reads the start time behind a plain command', () => {
    assert.equal(parseProcStat(`42 (java) S ${REST} 987654 0 0`), '987654');
  });

  it('is not misled by brackets and spaces in the command', () => {
    assert.equal(
      parseProcStat(`42 (a) R 1 (b c) S ${REST} 987654 0 0`),
      '987654',
    );
  });

  it('takes a zombie as ended', () => {
    assert.equal(parseProcStat(`42 (java) Z ${REST} 987654 0 0`), undefined);
  });
});

describe('readProcessIdentity', () => {
  it('stays the same while a process runs and is gone after it', async () => {
    const child = spawn('sleep', ['60']);
    await once(child, 'spawn');
    const identity = readProcessIdentity(child.pid);
    assert.ok(identity);
    assert.equal(readProcessIdentity(child.pid), identity);
    child.kill();
    await once(child, 'exit');
    assert.equal(readProcessIdentity(child.pid), undefined);
  });
});
