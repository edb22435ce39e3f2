import { InputError } from '@backstage/errors';

/**
 * Which queries belong to a Component. Every field that is given must match.
 *
 * @public
 */
export interface QuerySelector {
  readonly user?: string;
  readonly source?: string;
  readonly clientTag?: string;
  readonly resourceGroup?: string;
}

const FIELDS = ['user', 'source', 'clientTag', 'resourceGroup'] as const;

/**
 * Reads the query-selector annotation: `field=value` pairs, a comma means "and".
 *
 * @throws InputError naming the pair that can't be read
 * @public
 */
export function parseQuerySelector(text: string): QuerySelector {
  const selector: { -readonly [K in keyof QuerySelector]: string } = {};
  for (const pair of text.split(',')) {
    const [key, ...rest] = pair.split('=');
    const field = FIELDS.find(f => f === key.trim());
    const value = rest.join('=').trim();
    if (!field || !value) {
      throw new InputError(
        `'${pair.trim()}' is not a query selector. Write ${FIELDS.join(
          '=…, ',
        )}=…, for example source=personal-api.`,
      );
    }
    selector[field] = value;
  }
  return selector;
}
