import { InputError } from '@backstage/errors';

/** One requirement of a label selector. */
export interface LabelRequirement {
  readonly key: string;
  readonly operator: 'in' | 'not-in' | 'exists' | 'not-exists';
  readonly values: readonly string[];
}

const KEY = String.raw`[A-Za-z0-9](?:[\w./-]*[A-Za-z0-9])?`;
const VALUE = String.raw`(?:[A-Za-z0-9](?:[\w.-]*[A-Za-z0-9])?)?`;
const EQUALITY = new RegExp(`^(${KEY})\\s*(==?|!=)\\s*(${VALUE})$`);
const SET = new RegExp(`^(${KEY})\\s+(in|notin)\\s*\\(([^()]*)\\)$`);
const EXISTENCE = new RegExp(`^(!?)\\s*(${KEY})$`);

/**
 * Reads a label selector as kubectl's `-l` takes it: `app=trino,tier!=test`,
 * `app in (trino, redis)`, `app notin (x)`, `app`, `!app`.
 *
 * @throws InputError when it is none
 */
export function parseLabelSelector(selector: string): LabelRequirement[] {
  if (!selector.trim()) return [];
  // Commas between brackets part values.
  return selector.split(/,(?![^(]*\))/).map(part => parseOne(part.trim()));
}

function parseOne(text: string): LabelRequirement {
  const equality = EQUALITY.exec(text);
  if (equality) {
    const [, key, operator, value] = equality;
    return {
      key,
      operator: operator === '!=' ? 'not-in' : 'in',
      values: [value],
    };
  }
  const set = SET.exec(text);
  if (set) {
    const [, key, operator, values] = set;
    return {
      key,
      operator: operator === 'in' ? 'in' : 'not-in',
      values: values.split(',').map(value => value.trim()),
    };
  }
  const existence = EXISTENCE.exec(text);
  if (existence) {
    const [, not, key] = existence;
    return { key, operator: not ? 'not-exists' : 'exists', values: [] };
  }
  throw new InputError(
    `The request has parameters that can't be used. selector: '${text}' is no label selector. Write it as for kubectl -l, for example app=trino,component in (coordinator, worker).`,
  );
}

/** Whether labels meet all requirements. As in Kubernetes, a label that is not there meets "not in". */
export function matchesSelector(
  labels: Readonly<Record<string, string>>,
  requirements: readonly LabelRequirement[],
): boolean {
  return requirements.every(({ key, operator, values }) => {
    const value = Object.hasOwn(labels, key) ? labels[key] : undefined;
    switch (operator) {
      case 'in':
        return value !== undefined && values.includes(value);
      case 'not-in':
        return value === undefined || !values.includes(value);
      case 'exists':
        return value !== undefined;
      default:
        return value === undefined;
    }
  });
}
