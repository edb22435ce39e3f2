import { useId, useState } from 'react';
import Button, { type ButtonProps } from '@material-ui/core/Button';
import Popover from '@material-ui/core/Popover';
import Tooltip from '@material-ui/core/Tooltip';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import LockOutlinedIcon from '@material-ui/icons/LockOutlined';
import type { Refusal } from '../RunbookDrawer/RefusalView';
import { useVisuallyHidden } from '../labels/useVisuallyHidden';

const useStyles = makeStyles(theme => ({
  // Looks disabled, and yet takes the focus: the reason must be reachable.
  button: { color: theme.palette.text.disabled },
  why: { padding: theme.spacing(2), maxWidth: 360 },
}));

/**
 * A button that can't be used, and says why: to the pointer and the focus in
 * a tooltip, to screen readers in its description, to a press in a popover.
 *
 * @public
 */
export function RefusedButton(props: {
  label: string;
  refusal: Refusal;
  size?: ButtonProps['size'];
  variant?: ButtonProps['variant'];
}) {
  const classes = useStyles();
  const hidden = useVisuallyHidden();
  const reasonId = useId();
  const [anchor, setAnchor] = useState<HTMLElement>();
  const { label, refusal, size, variant } = props;
  const why = [refusal.reason, refusal.remedy].filter(Boolean).join(' ');
  return (
    <>
      {/* Without a title the tooltip leaves the button's name alone. */}
      <Tooltip title={<span>{why}</span>}>
        <Button
          className={classes.button}
          size={size}
          variant={variant}
          aria-disabled
          aria-describedby={reasonId}
          aria-haspopup="dialog"
          startIcon={<LockOutlinedIcon fontSize="inherit" />}
          onClick={event => setAnchor(event.currentTarget)}
        >
          {label}
        </Button>
      </Tooltip>
      <span id={reasonId} className={hidden.root}>
        {why}
      </span>
      <Popover
        open={anchor !== undefined}
        anchorEl={anchor}
        anchorOrigin={{ vertical: 'bottom', horizontal: 'left' }}
        onClose={() => setAnchor(undefined)}
        PaperProps={{ role: 'dialog', 'aria-label': `Why not: ${label}` }}
      >
        <div className={classes.why}>
          <Typography variant="subtitle2">Why not?</Typography>
          <Typography variant="body2">{refusal.reason}</Typography>
          {refusal.remedy && (
            <Typography variant="body2">{refusal.remedy}</Typography>
          )}
        </div>
      </Popover>
    </>
  );
}
