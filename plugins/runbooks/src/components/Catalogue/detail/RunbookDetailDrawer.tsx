import { useId } from 'react';
import Drawer from '@material-ui/core/Drawer';
import IconButton from '@material-ui/core/IconButton';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import CloseIcon from '@material-ui/icons/Close';
import Skeleton from '@material-ui/lab/Skeleton';
import type { SuggestionContext } from '@lakehouse-ops/plugin-runbooks-common';
import {
  FailureView,
  SuggestionButton,
  useRunbookDetail,
  useSuggestions,
} from '@lakehouse-ops/plugin-runbooks-react';
import { RunbookDetailView } from './RunbookDetailView';

const useStyles = makeStyles(theme => ({
  paper: {
    width: 760,
    maxWidth: '100vw',
    display: 'flex',
    flexDirection: 'column',
  },
  header: {
    flex: 'none',
    display: 'flex',
    alignItems: 'center',
    gap: theme.spacing(1),
    padding: theme.spacing(2, 2, 1, 3),
  },
  title: { flex: 1, minWidth: 0, overflowWrap: 'anywhere' },
  body: { flex: 1, overflowY: 'auto', padding: theme.spacing(1, 3, 3) },
}));

const NOTHING_PROPOSED = {};

/** A runbook over the catalogue, with a way to run it. */
export function RunbookDetailDrawer(props: {
  runbookId: string;
  /** What the catalogue was opened for fills in the form. */
  context?: SuggestionContext;
  onClose(): void;
}) {
  const classes = useStyles();
  const titleId = useId();
  const { runbookId, context, onClose } = props;
  const { detail, failure, retry } = useRunbookDetail(runbookId);
  const suggestions = useSuggestions(context);
  const suggested =
    suggestions.status === 'ready'
      ? suggestions.items.find(({ runbook }) => runbook.id === runbookId)
      : undefined;
  return (
    <Drawer
      anchor="right"
      open
      onClose={onClose}
      PaperProps={{
        className: classes.paper,
        role: 'dialog',
        'aria-modal': true,
        'aria-labelledby': titleId,
      }}
    >
      <div className={classes.header}>
        <Typography
          variant="h5"
          component="h2"
          id={titleId}
          className={classes.title}
        >
          {detail?.title ?? runbookId}
        </Typography>
        {detail && (
          <SuggestionButton
            suggestion={{
              runbook: detail,
              parameters: suggested?.parameters ?? NOTHING_PROPOSED,
            }}
            entityRef={context?.entityRef}
            variant="contained"
            color="primary"
          />
        )}
        <IconButton aria-label="Close" onClick={onClose}>
          <CloseIcon />
        </IconButton>
      </div>
      <div className={classes.body}>
        {failure && <FailureView failure={failure} onRetry={retry} />}
        {!detail && !failure && (
          <div aria-busy aria-label="Loading">
            <Skeleton width="90%" />
            <Skeleton width="60%" />
            <Skeleton variant="rect" height={240} />
          </div>
        )}
        {detail && <RunbookDetailView detail={detail} />}
      </div>
    </Drawer>
  );
}
