import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import {
  LINK_PLACES,
  PLACEHOLDERS_AT,
  type LinkPart,
  type LinkPlace,
  type LinkTemplate,
} from './LinkTemplate';

const KEY = 'lakehouse.links';
const PLACEHOLDER = /\{([^{}]*)\}/;
const BRACE = /[{}]/;
/** In small letters and from the first one: a page of Backstage takes anything else for a path of its own. */
const WEB = /^https?:\/\//;

/**
 * Reads `lakehouse.links`.
 *
 * @throws InputError that names the field when a place or placeholder is not known, or a URL can't be linked to
 */
export function readLinkTemplates(config: Config): LinkTemplate[] {
  return (config.getOptionalConfigArray(KEY) ?? []).map((entry, index) => {
    const at = `${KEY}[${index}]`;
    const on = readPlace(entry, at);
    const parts = readParts(entry.getString('url'), { at: `${at}.url`, on });
    requireSafe(parts, `${at}.url`);
    return { title: entry.getString('title'), on, url: parts };
  });
}

function readPlace(entry: Config, at: string): LinkPlace {
  const told = entry.getString('on');
  const place = LINK_PLACES.find(known => known === told);
  if (!place) {
    throw new InputError(
      `${at}.on is '${told}'. Write one of ${LINK_PLACES.join(', ')}.`,
    );
  }
  return place;
}

function readParts(
  url: string,
  { at, on }: { at: string; on: LinkPlace },
): LinkPart[] {
  // What a pattern with one group splits stands at each second place.
  return url.split(PLACEHOLDER).flatMap((piece, index): LinkPart[] => {
    if (index % 2 === 0) {
      if (BRACE.test(piece)) {
        throw new InputError(
          `${at} has a brace that is not part of a placeholder. Write %7B and %7D for braces of the URL itself.`,
        );
      }
      return piece ? [{ text: piece }] : [];
    }
    const value = PLACEHOLDERS_AT[on].find(known => known === piece);
    if (!value) {
      throw new InputError(
        `${at} has the placeholder {${piece}}, which nothing fills on a ${on}. Use ${PLACEHOLDERS_AT[
          on
        ]
          .map(name => `{${name}}`)
          .join(', ')}.`,
      );
    }
    return [{ value }];
  });
}

function requireSafe(parts: readonly LinkPart[], at: string): void {
  const filledWith = (value: string) => {
    const text = parts
      .map(part => ('text' in part ? part.text : value))
      .join('');
    return WEB.test(text) && URL.canParse(text) ? new URL(text) : undefined;
  };
  const url = filledWith('a');
  if (!url) {
    throw new InputError(
      `${at} is no URL that begins with http:// or https://. Write the whole address of the page.`,
    );
  }
  if (url.username || url.password) {
    throw new InputError(
      `${at} holds a user or password, which everybody who sees the link would get. Leave them out.`,
    );
  }
  // Who runs a query chooses its source: that must not choose the site that the link leads to.
  if (filledWith('b')?.host !== url.host) {
    throw new InputError(
      `${at} has a placeholder in its host. Use placeholders after the host only.`,
    );
  }
}
