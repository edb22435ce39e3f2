import { useCallback, useEffect, useRef, useState } from 'react';
import useLatest from 'react-use/esm/useLatest';
import { useApi, useApiHolder } from '@backstage/core-plugin-api';
import { toError } from '@backstage/errors';
import { signalApiRef } from '@backstage/plugin-signals-react';
import {
  LAKEHOUSE_SIGNALS_CHANNEL,
  LakehouseApi,
  LakehouseRequestOptions,
  LakehouseSignal,
} from '@lakehouse-ops/plugin-lakehouse-common';
import { describeError } from './describeError';
import { lakehouseApiRef } from './lakehouseApiRef';
import { RefreshLoop } from './RefreshLoop';

/** How often to ask when no signal tells. */
export const POLL_MS = {
  queries: 5_000,
  cluster: 10_000,
  tables: 30_000,
  connection: 30_000,
  cache: 10_000,
  dashboards: 15_000,
  workloads: 10_000,
  gateway: 10_000,
  metrics: 15_000,
  slos: 20_000,
} as const;

/** Something loaded, kept up to date. */
export interface LakehouseResource<T> {
  /** The last that was loaded. Kept when a later load fails, unless access was refused or it is gone. */
  readonly data?: T;
  /** Why the last load failed. */
  readonly error?: Error;
  /** Nothing to show yet. */
  readonly loading: boolean;
  /** `data` answers an earlier question (other filters) while the new one loads. */
  readonly outdated: boolean;
  /** The key of the question that `data` answers. */
  readonly dataKey?: string;
  /** When `data` was loaded. */
  readonly updatedAt?: Date;
  refetch(): void;
}

interface UseRefreshedOptions<T> {
  /** Tells one question from another; undefined asks nothing. */
  readonly key: string | undefined;
  readonly kinds: ReadonlyArray<LakehouseSignal['kind']>;
  /** Only signals of this connection; of all when absent. */
  readonly connection?: string;
  load(options: LakehouseRequestOptions): Promise<T>;
}

interface UseLakehouseOptions<T> extends Omit<UseRefreshedOptions<T>, 'load'> {
  load(api: LakehouseApi, options: LakehouseRequestOptions): Promise<T>;
}

interface Loaded<T> {
  /** The question that was asked last. */
  readonly key?: string;
  readonly data?: T;
  readonly error?: Error;
  readonly updatedAt?: Date;
}

/** Loads from the Lakehouse backend and keeps it fresh, as {@link useRefreshed} does. */
export function useLakehouse<T>(
  options: UseLakehouseOptions<T>,
): LakehouseResource<T> {
  const api = useApi(lakehouseApiRef);
  return useRefreshed({
    ...options,
    load: request => options.load(api, request),
  });
}

/**
 * Loads something and keeps it fresh: on signals, at most once a second, and
 * by polling. Stops and aborts when unmounted.
 */
export function useRefreshed<T>(
  options: UseRefreshedOptions<T>,
): LakehouseResource<T> {
  const { key, connection } = options;
  const signals = useApiHolder().get(signalApiRef);
  const load = useLatest(options.load);
  const kinds = options.kinds.join(',');
  const loop = useRef<RefreshLoop<T>>();
  const [loaded, setLoaded] = useState<Loaded<T>>({});

  useEffect(() => {
    if (key === undefined) return undefined;
    const wanted = kinds.split(',');
    const running = RefreshLoop.start<T>({
      pollMs: pollMsOf(wanted),
      load: signal => load.current({ signal }),
      onResult: data => setLoaded({ key, data, updatedAt: new Date() }),
      onError: thrown => {
        const error = toError(thrown);
        const final = ['denied', 'not-found'].includes(
          describeError(error).kind,
        );
        setLoaded(last =>
          final || last.key !== key ? { key, error } : { ...last, key, error },
        );
      },
    });
    loop.current = running;
    const subscription = signals?.subscribe<LakehouseSignal>(
      LAKEHOUSE_SIGNALS_CHANNEL,
      message => {
        const ours = !connection || message.connection === connection;
        if (ours && wanted.includes(message.kind)) running.poke();
      },
    );
    return () => {
      subscription?.unsubscribe();
      running.stop();
    };
  }, [key, kinds, connection, signals, load]);

  const refetch = useCallback(() => loop.current?.refresh(), []);
  const answersThis = loaded.key === key;
  return {
    data: loaded.data,
    dataKey: loaded.data === undefined ? undefined : loaded.key,
    error: answersThis ? loaded.error : undefined,
    updatedAt: loaded.updatedAt,
    loading: key !== undefined && !answersThis && loaded.data === undefined,
    outdated: !answersThis && loaded.data !== undefined,
    refetch,
  };
}

function pollMsOf(kinds: readonly string[]): number {
  return Math.min(
    ...Object.entries(POLL_MS)
      .filter(([kind]) => kinds.includes(kind))
      .map(([, pollMs]) => pollMs),
  );
}
