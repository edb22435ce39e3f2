import { matchesSelector, parseLabelSelector } from './labelSelector';

const LABELS = { app: 'trino', 'app.kubernetes.io/component': 'worker', x: '' };

describe('label selectors', () => {
  it.each([
    ['', true],
    ['app=trino', true],
    ['app==trino', true],
    ['app = trino , x=', true],
    ['app=redis', false],
    ['app!=redis', true],
    ['missing!=redis', true],
    ['app.kubernetes.io/component in (coordinator, worker)', true],
    ['app in (a,b),x', false],
    ['app notin (a,b),x', true],
    ['missing notin (a)', true],
    ['missing in (a)', false],
    ['missing', false],
    ['!missing', true],
    ['!app', false],
    ['toString', false],
  ])('%j: %s', (selector, expected) => {
    expect(matchesSelector(LABELS, parseLabelSelector(selector))).toBe(
      expected,
    );
  });

  it.each(['app=trino,', 'app>1', 'app in a', 'a b', 'app in (a', ',', '=a'])(
    'refuses %j and says what one looks like',
    selector => {
      expect(() => parseLabelSelector(selector)).toThrow(
        /selector: .* Write it as for kubectl -l/,
      );
    },
  );

  it('stays quick on one made to be slow', () => {
    expect(() =>
      parseLabelSelector(`${'a'.repeat(400)} `.repeat(1)),
    ).not.toThrow();
    expect(() => parseLabelSelector('a(('.repeat(160))).toThrow();
  });
});
