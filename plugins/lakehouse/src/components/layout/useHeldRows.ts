import { useEffect, useMemo, useRef, useState } from 'react';
import { mergeRows } from './mergeRows';

/** A pointer that rests this long aims at nothing: the list goes on. */
const REST_MS = 8_000;

const NO_IDS: ReadonlySet<string> = new Set();

interface HeldRows<T> {
  readonly rows: readonly T[];
  /** Ids of rows that came in since the list was first shown. */
  readonly freshIds: ReadonlySet<string>;
  /** Ids of rows that are only still shown because somebody acted on them. */
  readonly goneIds: ReadonlySet<string>;
  /** How many wait outside until the pointer leaves. */
  readonly waiting: number;
  /** Keeps a row in the list, though it no longer matches, until another list is shown. */
  pin(id: string): void;
  /** To be spread on the element that holds the rows. */
  readonly holdProps: {
    onMouseMove(): void;
    onMouseLeave(): void;
  };
}

/**
 * Keeps rows where they are while a pointer moves over them: their values go
 * on changing in place, but none moves, comes or goes until the pointer leaves
 * or rests.
 *
 * `listKey` tells lists apart: another list (other filters, page, order) is
 * never held back.
 */
export function useHeldRows<T>(options: {
  rows: readonly T[];
  idOf: (row: T) => string;
  listKey: string;
}): HeldRows<T> {
  const { rows, idOf, listKey } = options;
  const [hovered, setHovered] = useState(false);
  const release = useRef<ReturnType<typeof setTimeout>>();
  const [pins, setPins] = useState({ listKey, ids: NO_IDS });
  const shown = useRef<{ listKey: string; rows: readonly T[] }>();
  const known = useRef<{ listKey: string; ids: ReadonlySet<string> }>();

  const pinnedIds = pins.listKey === listKey ? pins.ids : NO_IDS;
  const merged = useMemo(() => {
    const before =
      shown.current?.listKey === listKey ? shown.current.rows : undefined;
    return mergeRows({ before, rows, idOf, pinnedIds, hold: hovered });
  }, [rows, idOf, listKey, hovered, pinnedIds]);

  const freshIds = useMemo(() => {
    const before =
      known.current?.listKey === listKey ? known.current.ids : undefined;
    if (!before) return NO_IDS;
    return new Set(merged.rows.map(idOf).filter(id => !before.has(id)));
  }, [merged.rows, idOf, listKey]);

  useEffect(() => {
    const before =
      known.current?.listKey === listKey ? known.current.ids : NO_IDS;
    shown.current = { listKey, rows: merged.rows };
    known.current = {
      listKey,
      ids: new Set([...before, ...merged.rows.map(idOf)]),
    };
  }, [merged.rows, idOf, listKey]);

  useEffect(() => () => clearTimeout(release.current), []);

  return {
    ...merged,
    freshIds,
    pin: id => setPins({ listKey, ids: new Set([...pinnedIds, id]) }),
    holdProps: {
      onMouseMove: () => {
        clearTimeout(release.current);
        release.current = setTimeout(() => setHovered(false), REST_MS);
        setHovered(true);
      },
      onMouseLeave: () => {
        clearTimeout(release.current);
        setHovered(false);
      },
    },
  };
}
