import type { ReactNode } from 'react';
import { useNow } from '../format';
import { Stack } from '../layout';
import { EmptyNote } from './EmptyNote';
import { GapNotes } from './GapNotes';
import { Observed, stalenessOf } from './observed';
import { StaleChip } from './StaleChip';

/** What was observed, with its age when that is too high before it and what is not known after it. */
export const ObservedView = (props: {
  view: Observed;
  /** "This cluster" */
  what: string;
  children: ReactNode;
}) => {
  const { view } = props;
  const staleness = stalenessOf(view, useNow(10_000));
  return (
    <Stack>
      {staleness && (
        <div>
          <StaleChip {...staleness} />
        </div>
      )}
      {!view.observedAt && (
        <EmptyNote
          text={`${props.what} was not observed yet. The first figures come with the next look, within a minute.`}
        />
      )}
      {props.children}
      <GapNotes gaps={view.gaps} />
    </Stack>
  );
};
