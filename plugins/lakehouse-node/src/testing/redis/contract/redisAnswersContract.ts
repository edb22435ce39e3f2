import {
  RedisReplyError,
  RedisUnknownCommandError,
} from '../../../connections/redis';
import {
  ConnectionAbortedError,
  ConnectionLimitError,
} from '../../../connections/shared';
import type { RedisContractTarget } from '../RedisContractTarget';
import { contractKey, onOwner, removeContractKeys } from './contractKeys';

export function redisAnswersContract(getTarget: () => RedisContractTarget) {
  describe('answers', () => {
    const connection = () => getTarget().connect('admin');
    const failure = async (name: string, ...args: Array<string | number>) => {
      const [node] = await connection().primaries();
      return connection()
        .command(node, name, args)
        .then(
          reply => ({ reply }),
          error => error,
        );
    };

    afterAll(async () => {
      await removeContractKeys(connection(), 'answers:');
    });

    it('names a command that the server does not know, without its arguments', async () => {
      const error = await failure('lakehouse', 'secret');
      expect(error).toBeInstanceOf(RedisUnknownCommandError);
      expect(error).toMatchObject({
        command: 'LAKEHOUSE',
        message: expect.not.stringContaining('secret'),
      });
      expect(await failure('config', 'lakehouse')).toMatchObject({
        name: 'NotFoundError',
        command: 'CONFIG LAKEHOUSE',
      });
    });

    it.each([
      ['ERR value is not an integer', ['select', 'x']],
      ['ERR wrong number of arguments', ['echo']],
      ['ERR invalid cursor', ['scan', 'x']],
      ['ERR syntax error', ['scan', 0, 'foo']],
      ['ERR syntax error', ['scan', 0, 'count', 0]],
    ])('passes on %s', async (text, [name, ...args]) => {
      const error = await failure(String(name), ...args);
      expect(error).toBeInstanceOf(RedisReplyError);
      expect(error).toMatchObject({
        code: 'ERR',
        message: expect.stringContaining(text),
      });
    });

    it('tells of each command of a pipeline what became of it', async () => {
      const key = contractKey('answers:pipeline');
      const { node } = await onOwner(connection(), 'set', [key, 'x']);
      const outcomes = await connection().pipeline(node, [
        { name: 'get', args: [key] },
        { name: 'expire', args: [key, 'soon'] },
        { name: 'lakehouse', args: [] },
        { name: 'exists', args: [key] },
      ]);
      expect(outcomes).toEqual([
        { outcome: 'done', reply: 'x' },
        { outcome: 'not-done', error: expect.any(RedisReplyError) },
        { outcome: 'not-done', error: expect.any(RedisUnknownCommandError) },
        { outcome: 'done', reply: 1 },
      ]);
    });

    it('gives up an answer that is too large, and goes on', async () => {
      const small = getTarget().connect('admin', { maxReplyBytes: 65_536 });
      const key = contractKey('answers:large');
      const { node } = await onOwner(connection(), 'set', [
        key,
        'x'.repeat(2_000_000),
      ]);
      const error = await small.command(node, 'get', [key]).catch(e => e);
      expect(error).toBeInstanceOf(ConnectionLimitError);
      expect(error).toMatchObject({ limit: 65_536, unit: 'bytes' });
      expect(await small.command(node, 'exists', [key])).toBe(1);
    });

    it('sends nothing for a caller that has given up before', async () => {
      const key = contractKey('answers:aborted');
      const { node } = await onOwner(connection(), 'exists', [key]);
      await expect(
        connection().command(node, 'set', [key, 'x'], {
          signal: AbortSignal.abort(),
        }),
      ).rejects.toThrow(ConnectionAbortedError);
      expect(await connection().command(node, 'exists', [key])).toBe(0);
    });
  });
}
