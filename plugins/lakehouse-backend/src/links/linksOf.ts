import type { ExternalLink } from '@lakehouse-ops/plugin-lakehouse-common';
import type { LinkPlace, LinkPlaceholder, LinkTemplate } from './LinkTemplate';
import { traceIdOf } from './traceIdOf';

/** What a link is about. */
export interface LinkSubject {
  readonly connection: string;
  /** ISO times. */
  readonly from: string;
  readonly to: string;
  /** Added before and after. */
  readonly marginMs?: number;
  readonly queryId?: string;
  readonly user?: string;
  readonly source?: string;
  readonly traceToken?: string;
  readonly namespace?: string;
  readonly name?: string;
}

/** A browser resolves these away, and the link would lead to another page. */
const DOTS = /^\.{1,2}$/;

/**
 * The links of the templates for a place, filled. One that needs what the
 * subject does not have is left out.
 *
 * @returns undefined when there are none
 */
export function linksOf(
  templates: readonly LinkTemplate[],
  on: LinkPlace,
  subject: LinkSubject,
): ExternalLink[] | undefined {
  const own = templates.filter(template => template.on === on);
  if (own.length === 0) return undefined;
  const values = valuesOf(subject);
  const links = own.flatMap(({ title, url }) => {
    const filled = url.map(part =>
      'text' in part ? part.text : encoded(values[part.value]),
    );
    return filled.includes(undefined) ? [] : [{ title, url: filled.join('') }];
  });
  return links.length > 0 ? links : undefined;
}

function valuesOf(
  subject: LinkSubject,
): Record<LinkPlaceholder, string | undefined> {
  const { connection, queryId, user, source, namespace, name } = subject;
  const { marginMs = 0 } = subject;
  const from = timeAt(Date.parse(subject.from) - marginMs);
  const to = timeAt(Date.parse(subject.to) + marginMs);
  return {
    connection,
    queryId,
    user,
    source,
    namespace,
    name,
    traceId: traceIdOf(subject.traceToken),
    from: from?.toISOString(),
    to: to?.toISOString(),
    fromMs: from?.getTime().toString(),
    toMs: to?.getTime().toString(),
  };
}

function timeAt(ms: number): Date | undefined {
  const time = new Date(ms);
  return Number.isNaN(time.getTime()) ? undefined : time;
}

function encoded(value: string | undefined): string | undefined {
  if (!value || DOTS.test(value)) return undefined;
  // Halves of characters, which systems do tell, can't be encoded: they become U+FFFD.
  return encodeURIComponent(Buffer.from(value).toString());
}
