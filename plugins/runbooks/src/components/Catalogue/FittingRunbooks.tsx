import Paper from '@material-ui/core/Paper';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import { Link } from '@backstage/core-components';
import type {
  RunbookSuggestion,
  SuggestionContext,
} from '@lakehouse-ops/plugin-runbooks-common';
import { EntityRefLink } from '@backstage/plugin-catalog-react';
import { SuggestedRunbooks } from '@lakehouse-ops/plugin-runbooks-react';

const useStyles = makeStyles(theme => ({
  root: { padding: theme.spacing(2), marginBottom: theme.spacing(3) },
  title: { marginBottom: theme.spacing(1.5), overflowWrap: 'anywhere' },
}));

/** What fits what the catalogue was opened for, under a heading that says for what. */
export function FittingRunbooks(props: {
  context: SuggestionContext;
  pathOf(suggestion: RunbookSuggestion): string;
}) {
  const classes = useStyles();
  const { context, pathOf } = props;
  const { slo, entityRef } = context;
  return (
    <Paper
      component="section"
      aria-label="Runbooks that fit"
      className={classes.root}
    >
      <Typography variant="h6" component="h2" className={classes.title}>
        For{' '}
        {slo && (
          <>
            the SLO <q>{slo.name}</q>
          </>
        )}
        {slo && entityRef && ' of '}
        {entityRef && <EntityRefLink entityRef={entityRef} />}
      </Typography>
      <SuggestedRunbooks
        context={context}
        empty="No runbook says that it is for this. Below is all that can be run."
        titleOf={suggestion => (
          <Link to={pathOf(suggestion)}>{suggestion.runbook.title}</Link>
        )}
      />
    </Paper>
  );
}
