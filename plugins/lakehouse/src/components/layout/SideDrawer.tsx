import { ReactNode, useId } from 'react';
import Drawer from '@material-ui/core/Drawer';
import IconButton from '@material-ui/core/IconButton';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import CloseIcon from '@material-ui/icons/Close';
import { HeadingLevel } from './HeadingLevel';

const useStyles = makeStyles(theme => ({
  paper: {
    width: (props: { width: number }) => props.width,
    maxWidth: '94vw',
    fontFamily: theme.typography.fontFamily,
  },
  head: {
    position: 'sticky',
    top: 0,
    zIndex: 1,
    display: 'flex',
    alignItems: 'flex-start',
    gap: theme.spacing(1),
    padding: theme.spacing(1.5, 1, 1.5, 3),
    backgroundColor: theme.palette.background.paper,
    borderBottom: `1px solid ${theme.palette.divider}`,
  },
  title: { flexGrow: 1, minWidth: 0, overflowWrap: 'anywhere' },
  body: { padding: theme.spacing(2, 3, 4) },
}));

/** Details of a row, over the list that it belongs to. Esc closes it. */
export const SideDrawer = (props: {
  open: boolean;
  title: string;
  subtitle?: string;
  width?: number;
  onClose: () => void;
  children: ReactNode;
}) => {
  const classes = useStyles({ width: props.width ?? 760 });
  const id = useId();
  return (
    <Drawer
      anchor="right"
      open={props.open}
      onClose={props.onClose}
      classes={{ paper: classes.paper }}
      PaperProps={{
        role: 'dialog',
        'aria-modal': true,
        'aria-labelledby': id,
      }}
    >
      <div className={classes.head}>
        <div className={classes.title}>
          {props.subtitle && (
            <Typography variant="caption" color="textSecondary">
              {props.subtitle}
            </Typography>
          )}
          <Typography id={id} variant="h6" component="h2">
            {props.title}
          </Typography>
        </div>
        <IconButton aria-label="Close" onClick={props.onClose} size="small">
          <CloseIcon />
        </IconButton>
      </div>
      <HeadingLevel.Provider value="h3">
        <div className={classes.body}>{props.children}</div>
      </HeadingLevel.Provider>
    </Drawer>
  );
};
