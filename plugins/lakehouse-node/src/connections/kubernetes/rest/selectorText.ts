import type { z } from 'zod';
import type { labelSelector } from './fields';

/** A selector of an object as the text that a list takes. */
export function selectorText(selector: z.output<typeof labelSelector>): string {
  if (!selector) return '';
  const labels = Object.entries(selector.matchLabels).map(
    ([key, value]) => `${key}=${value}`,
  );
  const expressions = selector.matchExpressions.map(
    ({ key, operator, values }) => {
      switch (operator) {
        case 'In':
          return `${key} in (${values.join(',')})`;
        case 'NotIn':
          return `${key} notin (${values.join(',')})`;
        case 'Exists':
          return key;
        default:
          return `!${key}`;
      }
    },
  );
  return [...labels, ...expressions].join(',');
}
