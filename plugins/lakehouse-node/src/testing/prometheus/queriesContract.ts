import { InputError } from '@backstage/errors';
import { ConnectionLimitError } from '../../connections/shared';
import type { PrometheusContractTarget } from './prometheusContract';

const UP = 'up{job="prometheus"}';

function lastMinutes(minutes: number) {
  const toMs = Math.floor(Date.now() / 1000) * 1000;
  return {
    from: new Date(toMs - minutes * 60_000).toISOString(),
    to: new Date(toMs).toISOString(),
  };
}

export function queriesContract(getTarget: () => PrometheusContractTarget) {
  describe('queries', () => {
    it('answers the value of a series', async () => {
      const found = await getTarget().connect().query(UP);
      expect(found).toEqual({
        series: [
          {
            labels: expect.objectContaining({
              __name__: 'up',
              job: 'prometheus',
              instance: expect.any(String),
            }),
            points: [{ at: expect.any(String), value: 1 }],
          },
        ],
        partial: false,
        warnings: [],
        infos: [],
      });
    });

    it('answers a number', async () => {
      const at = '2026-01-02T03:04:05.000Z';
      const { series } = await getTarget().connect().query('1 + 2 * 3', { at });
      expect(series).toEqual([{ labels: {}, points: [{ at, value: 7 }] }]);
    });

    it('tells nothing from not a number and from without end', async () => {
      const connection = getTarget().connect();
      const ask = async (expression: string) =>
        (await connection.query(expression)).series.flatMap(({ points }) =>
          points.map(({ value, special }) => ({ value, special })),
        );
      expect(await ask('up{job="nobody"}')).toEqual([]);
      expect(await ask('vector(0) / 0')).toEqual([
        { value: undefined, special: 'NaN' },
      ]);
      expect(await ask('vector(1) / 0')).toEqual([
        { value: undefined, special: '+Inf' },
      ]);
      expect(await ask('vector(-1) / 0')).toEqual([
        { value: undefined, special: '-Inf' },
      ]);
      expect(await ask('vector(0)')).toEqual([
        { value: 0, special: undefined },
      ]);
    });

    it('understands matchers, rates and sums', async () => {
      const connection = getTarget().connect();
      const first = async (expression: string) =>
        (await connection.query(expression)).series[0];
      expect(
        await first('sum by (job) (up{job=~"prom.*",job!~"x.*"})'),
      ).toMatchObject({
        labels: { job: 'prometheus' },
        points: [{ value: 1 }],
      });
      const { series } = await connection.query(
        'rate(up{job="prometheus"}[1h])',
      );
      // Two samples make a rate; a server that has just begun has fewer.
      for (const one of series) {
        expect(one.labels).not.toHaveProperty('__name__');
        expect(one.points).toEqual([{ at: expect.any(String), value: 0 }]);
      }
    });

    it('answers a range in steps', async () => {
      const range = lastMinutes(10);
      const { series } = await getTarget()
        .connect()
        .queryRange('vector(5)', { ...range, stepMs: 60_000 });
      expect(series).toHaveLength(1);
      expect(series[0].points).toHaveLength(11);
      expect(series[0].points[0]).toEqual({ at: range.from, value: 5 });
      expect(series[0].points[10]).toEqual({ at: range.to, value: 5 });
    });

    it('chooses a step that keeps the bound on points', async () => {
      const { series } = await getTarget()
        .connect({ maxPoints: 50 })
        .queryRange('vector(5)', lastMinutes(24 * 60));
      const { length } = series[0].points;
      expect(length).toBeGreaterThan(45);
      expect(length).toBeLessThanOrEqual(50);
    });

    it('does not ask for more points than it may', async () => {
      const asked = getTarget()
        .connect({ maxPoints: 100 })
        .queryRange('vector(5)', { ...lastMinutes(60), stepMs: 1000 });
      await expect(asked).rejects.toMatchObject({
        name: 'ConnectionLimitError',
        limit: 100,
        unit: 'points',
      });
    });

    it('gives up an answer of too many series or bytes', async () => {
      const all = '{job="prometheus"}';
      const tooMany = await getTarget()
        .connect({ maxSeries: 1 })
        .query(all)
        .catch(e => e);
      expect(tooMany).toBeInstanceOf(ConnectionLimitError);
      expect(tooMany).toMatchObject({ limit: 1, unit: 'series' });
      const tooLong = await getTarget()
        .connect({ maxResponseBytes: 100 })
        .query(all)
        .catch(e => e);
      expect(tooLong).toBeInstanceOf(ConnectionLimitError);
      expect(tooLong).toMatchObject({ limit: 100, unit: 'bytes' });
    });

    it('says what is wrong with an expression', async () => {
      for (const expression of ['up{', 'nosuchfunction(up)', '{}', ' ']) {
        const error = await getTarget()
          .connect()
          .query(expression)
          .catch(e => e);
        expect(error).toBeInstanceOf(InputError);
      }
      // None of them counts as a failure of the server.
      expect(getTarget().connect().status().available).toBe(true);
    });

    it('sends a long expression too', async () => {
      const expression = Array.from({ length: 500 }, () => '1').join(' + ');
      const { series } = await getTarget().connect().query(expression);
      expect(series[0].points[0].value).toBe(500);
    });

    it('ends when its caller does', async () => {
      const signal = AbortSignal.abort(new Error('enough'));
      await expect(
        getTarget().connect().query(UP, { signal }),
      ).rejects.toMatchObject({ name: 'ConnectionAbortedError' });
    });
  });
}
