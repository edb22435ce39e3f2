import { ReactNode, useId } from 'react';
import Button from '@material-ui/core/Button';
import Tooltip from '@material-ui/core/Tooltip';
import { makeStyles } from '@material-ui/core/styles';
import LockOutlinedIcon from '@material-ui/icons/LockOutlined';
import { HiddenText } from '../../components/layout';

const useStyles = makeStyles(theme => ({
  // Looks disabled, and yet takes the focus: the reason must be reachable.
  refused: { color: theme.palette.text.disabled },
}));

/** A button; with a lock and the reason where the viewer may not press it. */
export const RefusableButton = (props: {
  /** Why not, and whom to ask. */
  refusal?: string;
  onClick: () => void;
  children: ReactNode;
}) => {
  const classes = useStyles();
  const id = useId();
  if (!props.refusal) {
    return (
      <Button size="small" variant="outlined" onClick={props.onClick}>
        {props.children}
      </Button>
    );
  }
  return (
    <span>
      <Tooltip title={<span>{props.refusal}</span>}>
        <Button
          size="small"
          variant="outlined"
          className={classes.refused}
          aria-disabled
          aria-describedby={id}
          startIcon={<LockOutlinedIcon fontSize="inherit" />}
        >
          {props.children}
        </Button>
      </Tooltip>
      <span id={id}>
        <HiddenText>{props.refusal}</HiddenText>
      </span>
    </span>
  );
};
