import { requireConfirmed } from './keyInput';

describe('patterns that can meet any key', () => {
  it.each(['*', '?*', '[ab]*', '*:session'])('asks for %s again', pattern => {
    expect(() => requireConfirmed({ pattern })).toThrow(
      /confirmPattern: .* begins with a wildcard/,
    );
    expect(() =>
      requireConfirmed({ pattern, confirmPattern: pattern }),
    ).not.toThrow();
  });

  it('takes a pattern with a prefix as it is, but not two different ones', () => {
    expect(() => requireConfirmed({ pattern: 'api:*' })).not.toThrow();
    expect(() =>
      requireConfirmed({ pattern: 'api:*', confirmPattern: 'api:' }),
    ).toThrow(/confirmPattern is 'api:', and pattern is 'api:\*'/);
  });
});
