import type { SloSpenders, SpenderDimension } from '../views';
import { percentText } from './sloWords';

type Dimensions = SloSpenders['dimensions'];

/** A value that spent less than this is not worth a clause. */
const WORTH_TELLING = 0.25;
/** From here on a value spent all there is to round to. */
const ALL = 0.995;

const PHRASES: Readonly<Record<SpenderDimension, (value: string) => string>> = {
  source: value => `queries from \`${value}\``,
  table: value => `queries on \`${value}\``,
  user: value => `queries of \`${value}\``,
  error: value => `queries that ended in \`${value}\``,
  resourceGroup: value => `queries in resource group \`${value}\``,
};

interface Top {
  readonly value: string;
  readonly share: number;
}

/**
 * `81 % of it was spent by queries from \`nightly-export\` on \`gold.daily_sales\``.
 *
 * Shares are known by dimension, not of two together. Both are named in one
 * breath only where one of them spent all, so that the other's share is that of
 * both; else each with its own share.
 */
export function spenderClause(dimensions: Dimensions): string | undefined {
  const source = topOf(dimensions, 'source');
  const table = topOf(dimensions, 'table');
  if (source && table && Math.max(source.share, table.share) >= ALL) {
    const share = Math.min(source.share, table.share);
    return `${percentText(share)} of it was spent by ${PHRASES.source(
      source.value,
    )} on \`${table.value}\``;
  }
  const rest = source || table ? [] : othersOf(dimensions);
  const told = [
    ...(source ? [{ ...source, phrase: PHRASES.source(source.value) }] : []),
    ...(table ? [{ ...table, phrase: PHRASES.table(table.value) }] : []),
    ...rest,
  ].sort((a, b) => b.share - a.share);
  if (told.length === 0) {
    return undefined;
  }
  const [first, ...more] = told;
  return [
    `${percentText(first.share)} of it was spent by ${first.phrase}`,
    ...more.map(each => `${percentText(each.share)} by ${each.phrase}`),
  ].join(' and ');
}

function othersOf(dimensions: Dimensions) {
  const order = ['user', 'error', 'resourceGroup'] as const;
  return order
    .flatMap(dimension => {
      const top = topOf(dimensions, dimension);
      return top ? [{ ...top, phrase: PHRASES[dimension](top.value) }] : [];
    })
    .sort((a, b) => b.share - a.share)
    .slice(0, 1);
}

function topOf(
  dimensions: Dimensions,
  dimension: SpenderDimension,
): Top | undefined {
  const top = dimensions.find(each => each.dimension === dimension)?.items[0];
  return top?.value && top.share >= WORTH_TELLING
    ? { value: top.value, share: top.share }
    : undefined;
}
