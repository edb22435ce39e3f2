import assert from 'node:assert/strict';
import { pbkdf2Sync } from 'node:crypto';
import { describe, it } from 'node:test';
import { passwordFileLine } from './passwordFile.mjs';

describe('passwordFileLine', () => {
  it('is user, iterations, salt and hash in lower-case hex', () => {
    const salt = Buffer.from('000102030405060708090a0b0c0d0e0f', 'hex');
    const line = passwordFileLine({ user: 'alice', password: 'secret', salt });
    const hash = pbkdf2Sync('secret', salt, 100_000, 20, 'sha1');
    assert.equal(
      line,
      `alice:100000:000102030405060708090a0b0c0d0e0f:${hash.toString('hex')}`,
    );
  });

  it('takes a new salt each time', () => {
    const line = () => passwordFileLine({ user: 'alice', password: 'secret' });
    assert.notEqual(line(), line());
  });

  it('refuses a user that would break the line', () => {
    for (const user of ['a:b', 'a\nb', '']) {
      assert.throws(
        () => passwordFileLine({ user, password: 'x' }),
        /can't be a user/,
      );
    }
  });
});
