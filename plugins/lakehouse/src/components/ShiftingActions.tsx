import { ReactNode, useState } from 'react';
import { makeStyles } from '@material-ui/core/styles';

const useStyles = makeStyles({
  // Out of sight and of the way, but mounted: the drawer of its run lives in it.
  past: { position: 'absolute', visibility: 'hidden' },
});

/** A button that stands there only while it makes sense. */
export interface ShiftingAction {
  readonly id: string;
  readonly wanted: boolean;
  readonly button: ReactNode;
}

/**
 * Buttons that come and go with the state of what they act on. One that was
 * pressed stays mounted when it is no longer wanted, so that its drawer can
 * show the run.
 */
export const ShiftingActions = (props: {
  actions: readonly ShiftingAction[];
  onPressed?: () => void;
}) => {
  const classes = useStyles();
  const [pressed, setPressed] = useState<readonly string[]>([]);
  return (
    <>
      {props.actions
        .filter(({ id, wanted }) => wanted || pressed.includes(id))
        .map(({ id, wanted, button }) => (
          <span
            key={id}
            role="presentation"
            className={wanted ? undefined : classes.past}
            onClickCapture={() => {
              setPressed(before => [...new Set([...before, id])]);
              props.onPressed?.();
            }}
          >
            {button}
          </span>
        ))}
    </>
  );
};
