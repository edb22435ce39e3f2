import { render } from '@testing-library/react';
import { CodeText } from './CodeText';
import { plainText } from './plainText';

const SENTENCE = '81 % by queries from `nightly-export` on `gold.daily_sales`.';

it('shows names in backquotes as code', () => {
  const { container } = render(<CodeText text={SENTENCE} />);
  expect(container).toHaveTextContent(
    '81 % by queries from nightly-export on gold.daily_sales.',
  );
  expect(
    [...container.querySelectorAll('code')].map(code => code.textContent),
  ).toEqual(['nightly-export', 'gold.daily_sales']);
});

it('leaves a lone backquote as it is', () => {
  const { container } = render(<CodeText text="it`s" />);
  expect(container).toHaveTextContent('it`s');
});

it('drops backquotes where there is text only', () => {
  expect(plainText(SENTENCE)).toBe(
    '81 % by queries from nightly-export on gold.daily_sales.',
  );
});
