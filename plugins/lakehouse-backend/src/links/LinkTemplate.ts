/** What a link can stand on. */
export const LINK_PLACES = ['cluster', 'query', 'cache', 'workload'] as const;

export type LinkPlace = (typeof LINK_PLACES)[number];

const OF_ALL = ['connection', 'from', 'to', 'fromMs', 'toMs'] as const;
const OF_QUERIES = ['queryId', 'user', 'source', 'traceId'] as const;
const OF_WORKLOADS = ['namespace', 'name'] as const;

export type LinkPlaceholder =
  | (typeof OF_ALL)[number]
  | (typeof OF_QUERIES)[number]
  | (typeof OF_WORKLOADS)[number];

/** The placeholders that can have a value at a place. */
export const PLACEHOLDERS_AT: Readonly<
  Record<LinkPlace, readonly LinkPlaceholder[]>
> = {
  cluster: OF_ALL,
  cache: OF_ALL,
  query: [...OF_ALL, ...OF_QUERIES],
  workload: [...OF_ALL, ...OF_WORKLOADS],
};

/** A part of a URL: as it was written, or what a placeholder stands for. */
export type LinkPart =
  | { readonly text: string }
  | { readonly value: LinkPlaceholder };

/** A link that was found to be good. */
export interface LinkTemplate {
  readonly title: string;
  readonly on: LinkPlace;
  readonly url: readonly LinkPart[];
}
