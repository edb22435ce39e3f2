import { useCallback, useEffect, useState } from 'react';
import { useApiHolder } from '@backstage/core-plugin-api';
import type {
  RunbooksApi,
  RunbookSuggestion,
  SuggestionContext,
} from '@lakehouse-ops/plugin-runbooks-common';
import { runbooksApiRef } from '../api';
import { describeFailure, type Failure } from '../failures/describeFailure';
import { useStableJson } from '../hooks/useStableJson';

const TTL_MS = 30_000;
/** Contexts that are kept for one API; the oldest goes first. */
const MAX_KEPT = 200;

interface Kept {
  readonly answer: ReturnType<RunbooksApi['getSuggestions']>;
  readonly expiresAtMs: number;
}

const keptOf = new WeakMap<RunbooksApi, Map<string, Kept>>();

/** Many parts of a page ask the same: they share the answer. */
function ask(
  api: RunbooksApi,
  context: SuggestionContext,
  fresh: boolean,
): Kept['answer'] {
  const kept = keptOf.get(api) ?? new Map<string, Kept>();
  keptOf.set(api, kept);
  const key = JSON.stringify(context);
  const known = kept.get(key);
  if (known && !fresh && known.expiresAtMs > Date.now()) return known.answer;
  const answer = api.getSuggestions(context);
  kept.delete(key);
  kept.set(key, { answer, expiresAtMs: Date.now() + TTL_MS });
  const [oldest] = kept.keys();
  if (kept.size > MAX_KEPT) kept.delete(oldest);
  answer.catch(() => {
    if (kept.get(key)?.answer === answer) kept.delete(key);
  });
  return answer;
}

/**
 * Runbooks that fit a context, as far as they are known. `not-installed` in an
 * app without the Runbooks plugin.
 *
 * @public
 */
export type SuggestionsState =
  | { readonly status: 'not-installed' }
  | { readonly status: 'loading' }
  | {
      readonly status: 'ready';
      /** Best first. */
      readonly items: readonly RunbookSuggestion[];
    }
  | { readonly status: 'failed'; readonly failure: Failure };

/**
 * Asks which runbooks fit a context.
 *
 * @param context - may be built while rendering; nothing is asked while it is `undefined`
 * @public
 */
export function useSuggestions(
  context: SuggestionContext | undefined,
): SuggestionsState & { retry(): void } {
  const api = useApiHolder().get(runbooksApiRef);
  const asked = useStableJson(context);
  const [round, setRound] = useState(0);
  const [read, setRead] = useState<{
    readonly of?: SuggestionContext;
    readonly state: SuggestionsState;
  }>({ state: { status: 'loading' } });
  const retry = useCallback(() => setRound(count => count + 1), []);

  useEffect(() => {
    if (!api || !asked) return undefined;
    let wanted = true;
    const tell = (state: SuggestionsState) =>
      wanted && setRead({ of: asked, state });
    ask(api, asked, round > 0).then(
      ({ items }) => tell({ status: 'ready', items }),
      thrown => tell({ status: 'failed', failure: describeFailure(thrown) }),
    );
    return () => {
      wanted = false;
    };
  }, [api, asked, round]);

  if (!api) return { status: 'not-installed', retry };
  if (read.of !== asked) return { status: 'loading', retry };
  return { ...read.state, retry };
}
