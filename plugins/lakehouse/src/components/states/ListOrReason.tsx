import type { ReactNode } from 'react';
import type { Gap, GapSubject } from '@lakehouse-ops/plugin-lakehouse-common';
import { EmptyNote } from './EmptyNote';
import { reasonMissing } from './observed';

/** A list, or why there is nothing to list: it is empty, or it was not observed. */
export function ListOrReason<T>(props: {
  /** Undefined: not observed. */
  items: readonly T[] | undefined;
  gaps: readonly Gap[];
  /** What the list is part of. */
  subjects: readonly GapSubject[];
  /** Said of an empty list. */
  none: string;
  /** Said where no gap tells why it was not observed. */
  unseen: string;
  children: (items: readonly T[]) => ReactNode;
}) {
  const { items } = props;
  if (items && items.length > 0) return <>{props.children(items)}</>;
  const reason = reasonMissing(props.gaps, ...props.subjects);
  const text = items ? reason ?? props.none : reason ?? props.unseen;
  return <EmptyNote text={text} />;
}
