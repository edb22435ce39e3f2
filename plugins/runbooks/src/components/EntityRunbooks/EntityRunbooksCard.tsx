import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import { InfoCard } from '@backstage/core-components';
import { stringifyEntityRef } from '@backstage/catalog-model';
import { useEntity } from '@backstage/plugin-catalog-react';
import {
  cataloguePath,
  SuggestedRunbooks,
} from '@lakehouse-ops/plugin-runbooks-react';
import { RecentRuns } from './RecentRuns';

const MOST_SUGGESTIONS = 3;
const RUNS_SHOWN = 3;

const useStyles = makeStyles(theme => ({
  title: { margin: theme.spacing(2, 0, 1) },
}));

/** The overview card of an entity: the best runbooks, and the newest runs. */
export function EntityRunbooksCard() {
  const classes = useStyles();
  const { entity } = useEntity();
  const entityRef = stringifyEntityRef(entity);
  return (
    <InfoCard
      title="Runbooks"
      deepLink={{ title: 'All runbooks', link: cataloguePath({ entityRef }) }}
    >
      <SuggestedRunbooks
        context={{ entityRef }}
        limit={MOST_SUGGESTIONS}
        empty="No runbook says that it is for an entity like this one."
      />
      <Typography variant="subtitle2" component="h3" className={classes.title}>
        Runs
      </Typography>
      <RecentRuns entityRef={entityRef} limit={RUNS_SHOWN} />
    </InfoCard>
  );
}
