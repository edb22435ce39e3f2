import type { Headline } from './headline';

/** A headline as plain text. */
export function headlineText(headline: Headline): string {
  const text = headline.clauses.map(clause => clause.text).join('; ');
  return text === ''
    ? 'Nothing was observed yet.'
    : `${text.charAt(0).toLocaleUpperCase('en-US')}${text.slice(1)}.`;
}
