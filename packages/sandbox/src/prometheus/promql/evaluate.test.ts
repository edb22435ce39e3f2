import { PrometheusWorld } from '../PrometheusWorld';
import { evaluate } from './evaluate';
import { parsePromQl } from './parsePromQl';
import { PromQlError } from './PromQlError';

const AT = 1_800_000;

const world = PrometheusWorld.create({
  nowMs: () => AT,
  rules: [],
  series: [
    { labels: { __name__: 'c', a: 'x' }, valueAt: ms => ms / 1000 },
    { labels: { __name__: 'c', a: 'y' }, valueAt: ms => (2 * ms) / 1000 },
    { labels: { __name__: 'c', b: 'z' }, valueAt: () => undefined },
    {
      labels: { __name__: 'restarted' },
      valueAt: ms => (ms < AT - 60_000 ? 100 : 5),
    },
  ],
});

function ask(text: string) {
  const value = evaluate(world, parsePromQl(text), AT);
  return value.type === 'scalar'
    ? value.value
    : value.samples.map(one => [one.labels, one.value]);
}

describe('PromQL of the sandbox', () => {
  it.each([
    ['1 + 2 * 3', 7],
    ['(1 + 2) * 3', 9],
    ['-2 - -3', 1],
    ['1e3 / 4', 250],
    ['vector(2)', [[{}, 2]]],
    ['c{a="x"}', [[{ __name__: 'c', a: 'x' }, 1800]]],
    ['c{a!="x", a=~"x|y"}', [[{ __name__: 'c', a: 'y' }, 3600]]],
    ['{__name__="c",a!~"y.*"}', [[{ __name__: 'c', a: 'x' }, 1800]]],
    ['c{a=~"x.+"}', []],
    ['rate(c{a="y"}[5m])', [[{ a: 'y' }, 2]]],
    ['increase(restarted[2m])', [[{}, 5]]],
    ['sum(c)', [[{}, 5400]]],
    [
      'sum by (a) (c)',
      [
        [{ a: 'x' }, 1800],
        [{ a: 'y' }, 3600],
      ],
    ],
    ['max(c) by (b)', [[{}, 3600]]],
    ['count(c)', [[{}, 2]]],
    ['c > 2000', [[{ __name__: 'c', a: 'y' }, 3600]]],
    ['c{a="x"} / c', [[{ a: 'x' }, 1]]],
    ['vector(0) / 0', [[{}, NaN]]],
  ])('answers %s', (text, expected) => {
    expect(ask(text)).toEqual(expected);
  });

  it.each([
    ['up{', 'unexpected "end of input"'],
    ['', 'expected an expression'],
    ['{}', 'non-empty matcher'],
    ['c[5m]', 'range vector'],
    ['rate(c)', 'expected type range vector'],
    ['quantile_over_time(0.9, c[5m])', 'unexpected ","'],
    ['histogram_quantile(c)', 'unknown function'],
    ['sum(1)', 'expected type instant vector'],
    ['1 > 2', 'BOOL'],
    ['c{a=~"("}', 'regexp'],
    ['c ?', 'unexpected character'],
    ['1 1', 'expected nothing more'],
  ])('refuses %s', (text, said) => {
    expect(() => ask(text)).toThrow(PromQlError);
    expect(() => ask(text)).toThrow(said);
  });

  it('sets a gauge from now on, in place of a series', () => {
    let nowMs = 1000;
    const changing = PrometheusWorld.create({
      nowMs: () => nowMs,
      rules: [],
      series: [{ labels: { __name__: 'g' }, valueAt: () => 1 }],
    });
    const at = (ms: number) => evaluate(changing, parsePromQl('g'), ms);
    changing.setGauge('g', {}, 7);
    nowMs = 2000;
    changing.setGauge('g', {}, 8);
    expect(
      [500, 1500, 2500].map(ms => {
        const value = at(ms);
        return value.type === 'vector' && value.samples[0].value;
      }),
    ).toEqual([1, 7, 8]);
  });
});
