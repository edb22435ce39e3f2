import Grid from '@material-ui/core/Grid';
import { InfoCard, Link } from '@backstage/core-components';
import { stringifyEntityRef } from '@backstage/catalog-model';
import { useEntity } from '@backstage/plugin-catalog-react';
import {
  cataloguePath,
  SuggestedRunbooks,
} from '@lakehouse-ops/plugin-runbooks-react';
import { RecentRuns } from './RecentRuns';
import { SetUpHint } from './SetUpHint';

const RUNS_SHOWN = 10;

/** The tab of an entity: what fits it, and what was run for it. */
export function EntityRunbooksContent() {
  const { entity } = useEntity();
  const entityRef = stringifyEntityRef(entity);
  return (
    <Grid container spacing={3} alignItems="flex-start">
      <Grid item xs={12} md={7}>
        <InfoCard title="Runbooks that fit">
          <SuggestedRunbooks
            context={{ entityRef }}
            empty={<SetUpHint />}
            titleOf={({ runbook }) => (
              <Link to={cataloguePath({ entityRef, runbookId: runbook.id })}>
                {runbook.title}
              </Link>
            )}
          />
        </InfoCard>
      </Grid>
      <Grid item xs={12} md={5}>
        <InfoCard title="Runs">
          <RecentRuns entityRef={entityRef} limit={RUNS_SHOWN} />
        </InfoCard>
      </Grid>
    </Grid>
  );
}
