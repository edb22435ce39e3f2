import { useCallback, useEffect, useRef, useState } from 'react';
import { useApi } from '@backstage/core-plugin-api';
import type { JsonObject } from '@backstage/types';
import type { Preview } from '@lakehouse-ops/plugin-runbooks-common';
import { runbooksApiRef } from '../api';
import { describeFailure, type Failure } from '../failures/describeFailure';
import { useStableJson } from './useStableJson';

/** Long enough to finish a word, short enough to feel live. */
export const PREVIEW_DEBOUNCE_MS = 400;
const SHORTEST_LIFE_MS = 1_000;
const LONGEST_LIFE_MS = 3_600_000;

/** What the drawer knows about the effect of running it. */
export type PreviewState =
  /** There is something to fill in first. */
  | { readonly status: 'waiting' }
  | { readonly status: 'loading'; readonly previous?: Preview }
  | { readonly status: 'ready'; readonly preview: Preview }
  | { readonly status: 'failed'; readonly failure: Failure };

interface Answer {
  readonly request: object;
  readonly preview?: Preview;
  readonly failure?: Failure;
}

/**
 * How long a preview may be used, counted from its arrival: the viewer's clock
 * need not agree with the server's.
 */
export function previewLifeMs({ createdAt, expiresAt }: Preview): number {
  const lifeMs = Date.parse(expiresAt) - Date.parse(createdAt);
  if (!Number.isFinite(lifeMs)) return SHORTEST_LIFE_MS;
  return Math.min(Math.max(lifeMs, SHORTEST_LIFE_MS), LONGEST_LIFE_MS);
}

/** Runs a function now if the page is looked at, or else when it is. */
function whenVisible(act: () => void): () => void {
  if (!document.hidden) {
    act();
    return () => {};
  }
  const listen = () => {
    if (document.hidden) return;
    document.removeEventListener('visibilitychange', listen);
    act();
  };
  document.addEventListener('visibilitychange', listen);
  return () => document.removeEventListener('visibilitychange', listen);
}

/**
 * A fresh preview for exactly these parameters: asked again when they change
 * and when it expires.
 */
export function usePreview(options: {
  runbookId: string;
  entityRef?: string;
  /** `undefined` while they are not complete. */
  parameters?: JsonObject;
}): PreviewState & { refresh(): void } {
  const api = useApi(runbooksApiRef);
  const [round, setRound] = useState(0);
  const request = useStableJson({ ...options, round });
  const [answer, setAnswer] = useState<Answer>();
  const refresh = useCallback(() => setRound(count => count + 1), []);
  const askedBefore = useRef(false);

  useEffect(() => {
    const { runbookId, entityRef, parameters } = request;
    if (!parameters) return undefined;
    let wanted = true;
    const ask = () => {
      askedBefore.current = true;
      api.createPreview({ runbookId, entityRef, parameters }).then(
        preview => wanted && setAnswer({ request, preview }),
        thrown =>
          wanted && setAnswer({ request, failure: describeFailure(thrown) }),
      );
    };
    const timer = setTimeout(
      ask,
      askedBefore.current ? PREVIEW_DEBOUNCE_MS : 0,
    );
    return () => {
      wanted = false;
      clearTimeout(timer);
    };
  }, [api, request]);

  const current = answer?.request === request ? answer : undefined;
  const preview = current?.preview;
  useEffect(() => {
    if (!preview) return undefined;
    let stopWaiting = () => {};
    const timer = setTimeout(() => {
      stopWaiting = whenVisible(refresh);
    }, previewLifeMs(preview));
    return () => {
      clearTimeout(timer);
      stopWaiting();
    };
  }, [preview, refresh]);

  if (!request.parameters) return { status: 'waiting', refresh };
  if (current?.failure) {
    return { status: 'failed', failure: current.failure, refresh };
  }
  if (preview) return { status: 'ready', preview, refresh };
  return { status: 'loading', previous: answer?.preview, refresh };
}
