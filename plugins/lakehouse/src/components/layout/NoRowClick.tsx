import type { ReactNode, SyntheticEvent } from 'react';

/** Holds buttons in a row that opens on click, so that they don't open the row. */
export const NoRowClick = (props: { children: ReactNode }) => {
  const stop = (event: SyntheticEvent) => event.stopPropagation();
  return (
    <span role="presentation" onClick={stop} onKeyDown={stop}>
      {props.children}
    </span>
  );
};
