/** Whether labels fit one requirement of a selector. */
type Requirement = (labels: Readonly<Record<string, string>>) => boolean;

const SET = /^([\w./-]+)\s+(in|notin)\s+\(([^)]*)\)$/;
const EQUAL = /^([\w./-]+)\s*(==|=|!=)\s*([\w.-]*)$/;
const EXISTS = /^(!?)\s*([\w./-]+)$/;

/**
 * Reads a label selector as the API server does.
 *
 * @returns nothing when it can't be read
 */
export function parseLabelSelector(text: string): Requirement | undefined {
  const parts = text.split(/,(?![^(]*\))/).map(part => part.trim());
  const all = parts.filter(part => part !== '').map(parseRequirement);
  const known = all.filter(one => one !== undefined);
  if (known.length < all.length) return undefined;
  return labels => known.every(requirement => requirement(labels));
}

function parseRequirement(text: string): Requirement | undefined {
  const set = SET.exec(text);
  if (set) {
    const [, key, operator, list] = set;
    const values = list.split(',').map(value => value.trim());
    return labels =>
      (key in labels && values.includes(labels[key])) === (operator === 'in');
  }
  const equal = EQUAL.exec(text);
  if (equal) {
    const [, key, operator, value] = equal;
    return labels => (labels[key] === value) === (operator !== '!=');
  }
  const exists = EXISTS.exec(text);
  if (exists) {
    const [, not, key] = exists;
    return labels => key in labels === (not === '');
  }
  return undefined;
}
