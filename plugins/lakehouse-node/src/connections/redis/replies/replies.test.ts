import type { RedisReply } from '../RedisReply';
import { readClusterSlots } from '../topology/readClusterSlots';
import { firstKeyOf } from './firstKeyOf';
import { parseInfo } from './parseInfo';
import { parseLatencyHistogram } from './parseLatencyHistogram';
import { parseSlowlog } from './parseSlowlog';
import { toBinaryReply, toReply } from './toReply';

describe('parseInfo', () => {
  it('reads fields, and leaves headings and odd lines out', () => {
    expect([
      ...parseInfo(
        '# Server\r\nrun_id:a:b\r\n\r\nnonsense\r\n:x\r\nempty:\r\n',
      ),
    ]).toEqual([
      ['run_id', 'a:b'],
      ['empty', ''],
    ]);
  });
});

describe('parseSlowlog', () => {
  it('keeps no arguments but the key', () => {
    expect(
      parseSlowlog([
        [7, 1_795_249_296, 12_000, ['SET', 'k', 'v'], '10.0.0.1:5', 'app'],
        [6, 1_795_249_295, 11_000, ['eval', 'return 1', '1', 'k']],
        [5, 1_795_249_294, 10_000, ['<secret text>', 'x'], ''],
      ]),
    ).toEqual([
      {
        id: 7,
        at: new Date(1_795_249_296_000).toISOString(),
        durationUs: 12_000,
        command: 'SET',
        key: 'k',
        client: '10.0.0.1:5',
      },
      expect.objectContaining({ command: 'EVAL', key: undefined }),
      expect.objectContaining({ command: 'UNKNOWN', client: undefined }),
    ]);
  });

  it.each<[string, RedisReply]>([
    ['nothing', undefined],
    ['a text', 'x'],
    ['broken entries', [[1], ['a', 'b', 'c', []], 5]],
  ])('reads nothing from %s', (_, reply) => {
    expect(parseSlowlog(reply)).toEqual([]);
  });
});

describe('firstKeyOf', () => {
  it.each<[string, string | undefined]>([
    ['get a', 'a'],
    ['mset a 1 b 2', 'a'],
    ['memory usage a', 'a'],
    ['config set requirepass secret', undefined],
    ['hello 3 auth user secret', undefined],
    ['publish channel secret', undefined],
    ['unheard-of secret', undefined],
  ])('of %s is %s', (command, key) => {
    expect(firstKeyOf(command.split(' '))).toBe(key);
  });
});

describe('parseLatencyHistogram', () => {
  it('reads calls and buckets, and leaves out what is broken', () => {
    expect(
      parseLatencyHistogram([
        'scan',
        ['calls', 1000, 'histogram_usec', [528, 1, 1056, 781, 8454]],
        'odd',
        ['histogram_usec', []],
        'none',
        undefined,
      ]),
    ).toEqual(
      new Map([
        [
          'scan',
          {
            calls: 1000,
            atMostUs: new Map([
              [528, 1],
              [1056, 781],
            ]),
          },
        ],
      ]),
    );
  });
});

describe('readClusterSlots', () => {
  const asked = { id: 'seed:7000', host: 'seed' };
  const read = (reply: RedisReply) =>
    readClusterSlots(reply, { connection: 'c', asked });

  it('reads primaries with all their ranges, and replicas', () => {
    expect(
      read([
        [0, 99, ['10.0.0.1', 7001, 'n1', []], ['10.0.0.2', 7002, 'n2', []]],
        [200, 299, ['10.0.0.1', 7001, 'n1', []]],
        [100, 199, ['', 7003, 'n3', []]],
        [300, 399, ['?', 7004, 'n4']],
        [400, 499, ['fd00::1', 7005, 'n5']],
      ]),
    ).toEqual({
      slotsCovered: 500,
      nodes: [
        {
          id: '10.0.0.1:7001',
          role: 'primary',
          nodeId: 'n1',
          slots: [
            [0, 99],
            [200, 299],
          ],
        },
        { id: 'seed:7003', role: 'primary', nodeId: 'n3', slots: [[100, 199]] },
        { id: 'seed:7004', role: 'primary', nodeId: 'n4', slots: [[300, 399]] },
        {
          id: '[fd00::1]:7005',
          role: 'primary',
          nodeId: 'n5',
          slots: [[400, 499]],
        },
        {
          id: '10.0.0.2:7002',
          role: 'replica',
          nodeId: 'n2',
          primary: '10.0.0.1:7001',
        },
      ],
    });
  });

  it.each<[string, RedisReply]>([
    ['a range beyond the slots', [[0, 99_999, ['a', 1, 'n']]]],
    ['a range that ends before it begins', [[9, 1, ['a', 1, 'n']]]],
    ['a range without a server', [[0, 1]]],
    ['a port that is none', [[0, 1, ['a', 70_000, 'n']]]],
    ['texts', ['x']],
  ])('refuses %s', (_, reply) => {
    expect(() => read(reply)).toThrow(/form that is not known/);
  });

  it('refuses more nodes than a cluster can have', () => {
    const many = Array.from({ length: 1001 }, (_, index) => [
      index,
      index,
      ['h', index + 1, `n${index}`],
    ]);
    expect(() => read(many)).toThrow(/more than 1000 nodes/);
  });
});

describe('toReply', () => {
  it('turns null into nothing, at any depth', () => {
    expect(toReply([null, 1, 'a', [null]])).toEqual([
      undefined,
      1,
      'a',
      [undefined],
    ]);
    expect(toBinaryReply([Buffer.from([255]), null, 'a'])).toEqual([
      Buffer.from([255]),
      undefined,
      Buffer.from('a'),
    ]);
  });
});
