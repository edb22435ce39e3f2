import { useState } from 'react';
import useAsync from 'react-use/esm/useAsync';
import Button from '@material-ui/core/Button';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import { useApi } from '@backstage/core-plugin-api';
import {
  describeFailure,
  FailureView,
  runbooksApiRef,
} from '@lakehouse-ops/plugin-runbooks-react';
import { CatalogueFilters } from './CatalogueFilters';
import { CatalogueTable } from './CatalogueTable';
import {
  formatCatalogueUrl,
  isNarrowed,
  narrowCatalogue,
} from './catalogueUrl';
import { RunbookDetailDrawer } from './detail/RunbookDetailDrawer';
import { FittingRunbooks } from './FittingRunbooks';
import { RunbookProblems } from './RunbookProblems';
import { useCatalogueView } from './useCatalogueView';

const useStyles = makeStyles(theme => ({
  intro: { marginBottom: theme.spacing(2) },
}));

const NO_FILTERS = {
  text: '',
  kind: undefined,
  system: '',
  risk: undefined,
  owner: '',
  tag: '',
};

/** What can be run, what fits first, with what it does and what a mistake would do. */
export function CataloguePage() {
  const classes = useStyles();
  const api = useApi(runbooksApiRef);
  const { view, change } = useCatalogueView();
  const [round, setRound] = useState(0);
  const { value, error } = useAsync(() => api.getRunbooks(), [api, round]);
  const problems = useAsync(() => api.getRunbookProblems(), [api, round]);
  const pathOf = (open: string) =>
    `?${formatCatalogueUrl({ ...view, open }).toString()}`;
  const problemsFailure = problems.error && describeFailure(problems.error);
  return (
    <>
      <Typography className={classes.intro}>
        Runbooks start where a problem shows: at a query, at a table, at an SLO
        that breaks. Each shows what it would do before it does it.
      </Typography>
      {view.context && (
        <FittingRunbooks
          context={view.context}
          pathOf={({ runbook }) => pathOf(runbook.id)}
        />
      )}
      {problems.value && (
        <RunbookProblems
          title="Runbook files that could not be used as they are"
          problems={problems.value.items}
        />
      )}
      {/* Whether files are broken is not for everybody to see. */}
      {problemsFailure && problemsFailure.kind !== 'denied' && !error && (
        <Typography
          variant="body2"
          color="textSecondary"
          className={classes.intro}
          role="status"
        >
          Whether all runbook files could be used is not known:{' '}
          {problemsFailure.message}
        </Typography>
      )}
      {error ? (
        <FailureView
          failure={describeFailure(error)}
          onRetry={() => setRound(round + 1)}
        />
      ) : (
        <>
          <CatalogueFilters
            runbooks={value?.items ?? []}
            view={view}
            onChange={change}
          />
          <CatalogueTable
            runbooks={value && narrowCatalogue(value.items, view)}
            pathOf={pathOf}
            empty={
              isNarrowed(view) ? (
                <>
                  No runbook fits.{' '}
                  <Button size="small" onClick={() => change(NO_FILTERS)}>
                    Show all
                  </Button>
                </>
              ) : (
                <>
                  The backend has no actions. Add a module that brings some,
                  such as{' '}
                  <code>
                    @lakehouse-ops/plugin-runbooks-backend-module-lakehouse
                  </code>
                  .
                </>
              )
            }
          />
        </>
      )}
      {view.open && (
        <RunbookDetailDrawer
          key={view.open}
          runbookId={view.open}
          context={view.context}
          onClose={() => change({ open: '' })}
        />
      )}
    </>
  );
}
