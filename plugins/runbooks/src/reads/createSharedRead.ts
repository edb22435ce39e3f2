import { useCallback, useSyncExternalStore } from 'react';
import { useApi } from '@backstage/core-plugin-api';
import type { RunbooksApi } from '@lakehouse-ops/plugin-runbooks-common';
import {
  describeFailure,
  runbooksApiRef,
  useRunChanges,
  type Failure,
} from '@lakehouse-ops/plugin-runbooks-react';

/** Several parts of a page that ask within this time share an answer. */
const FRESH_MS = 2_000;

/** What was last read, for all parts of a page at once. */
export interface SharedRead<T> {
  readonly value?: T;
  /** Why it could not be read just now; an older value stays. */
  readonly failure?: Failure;
  /** Reads at once, for after a change. */
  refresh(): void;
}

type Snapshot<T> = Omit<SharedRead<T>, 'refresh'>;

class Store<T> {
  readonly #read: () => Promise<T>;
  readonly #listeners = new Set<() => void>();
  #snapshot: Snapshot<T> = {};
  #askedAtMs = 0;
  #round = 0;

  constructor(read: () => Promise<T>) {
    this.#read = read;
  }

  readonly subscribe = (listener: () => void) => {
    this.#listeners.add(listener);
    this.refreshIfOld();
    return () => {
      this.#listeners.delete(listener);
    };
  };

  readonly snapshot = () => this.#snapshot;

  readonly refreshIfOld = () => {
    if (Date.now() - this.#askedAtMs > FRESH_MS) this.refresh();
  };

  readonly refresh = async () => {
    this.#askedAtMs = Date.now();
    this.#round += 1;
    const round = this.#round;
    try {
      const value = await this.#read();
      if (round === this.#round) this.#tell({ value });
    } catch (thrown) {
      if (round !== this.#round) return;
      const { value } = this.#snapshot;
      this.#tell({ value, failure: describeFailure(thrown) });
    }
  };

  #tell(snapshot: Snapshot<T>) {
    this.#snapshot = snapshot;
    for (const listener of this.#listeners) listener();
  }
}

/**
 * Makes a hook that reads something once for all parts of a page that use it,
 * and again whenever runs change.
 */
export function createSharedRead<T>(
  read: (api: RunbooksApi) => Promise<T>,
): () => SharedRead<T> {
  const stores = new WeakMap<RunbooksApi, Store<T>>();
  const storeOf = (api: RunbooksApi) => {
    const known = stores.get(api);
    if (known) return known;
    const store = new Store(() => read(api));
    stores.set(api, store);
    return store;
  };
  return function useSharedRead() {
    const store = storeOf(useApi(runbooksApiRef));
    const snapshot = useSyncExternalStore(store.subscribe, store.snapshot);
    useRunChanges(store.refreshIfOld);
    const refresh = useCallback(() => {
      store.refresh();
    }, [store]);
    return { ...snapshot, refresh };
  };
}
