import type { ReactNode } from 'react';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import { EntityRefLink } from '@backstage/plugin-catalog-react';
import {
  isFinalRunState,
  type Run,
  type RunApproval,
  type RunOrigin,
} from '@lakehouse-ops/plugin-runbooks-common';
import {
  PersonText,
  RiskLabel,
  TargetText,
  TimeText,
  TookText,
} from '@lakehouse-ops/plugin-runbooks-react';

const useStyles = makeStyles(theme => ({
  facts: {
    display: 'flex',
    flexWrap: 'wrap',
    columnGap: theme.spacing(3),
    rowGap: theme.spacing(0.5),
    margin: theme.spacing(1, 0, 0),
    '& > div': {
      display: 'flex',
      flexWrap: 'wrap',
      columnGap: theme.spacing(1),
    },
    '& dd': { margin: 0, fontWeight: 'bold', overflowWrap: 'anywhere' },
  },
}));

const ORIGINS: Record<RunOrigin['kind'], string | undefined> = {
  person: undefined,
  schedule: 'a schedule',
  alert: 'an alert',
  action: 'another tool',
};

/** "an alert (cache-hit-ratio)", when it was no person. */
export function originWords(origin: RunOrigin | undefined): string | undefined {
  const words = origin && ORIGINS[origin.kind];
  if (!words) return undefined;
  return origin.detail ? `${words} (${origin.detail})` : words;
}

function Fact(props: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt>{props.name}</dt>
      <dd>{props.children}</dd>
    </div>
  );
}

/** Who, when, how long, why, and who agreed. */
export function RunFacts(props: {
  run: Run;
  approvals: readonly RunApproval[];
}) {
  const classes = useStyles();
  const { run, approvals } = props;
  const origin = originWords(run.origin);
  const agreed = approvals.filter(({ decision }) => decision === 'approved');
  const denied = approvals.filter(({ decision }) => decision === 'denied');
  const people = (said: readonly RunApproval[]) =>
    said.map(({ by, at }, index) => (
      <span key={`${by} ${at}`}>
        {index > 0 && ', '}
        <PersonText entityRef={by} />
      </span>
    ));
  return (
    <Typography component="dl" variant="body2" className={classes.facts}>
      <Fact name="Target">
        <TargetText target={run.target} />
      </Fact>
      {run.entityRef && (
        <Fact name="Entity">
          <EntityRefLink entityRef={run.entityRef} />
        </Fact>
      )}
      <Fact name="Started by">
        {origin && `${origin}, as `}
        <PersonText entityRef={run.startedBy} />,{' '}
        <TimeText iso={run.createdAt} />
      </Fact>
      {run.startedAt && (
        <Fact name={run.endedAt ? 'Took' : 'Runs for'}>
          <TookText
            startedAt={run.startedAt}
            endedAt={run.endedAt}
            ticking={!isFinalRunState(run.state)}
          />
        </Fact>
      )}
      <Fact name="Risk">
        <RiskLabel risk={run.risk} />
      </Fact>
      {agreed.length > 0 && <Fact name="Approved by">{people(agreed)}</Fact>}
      {denied.length > 0 && <Fact name="Denied by">{people(denied)}</Fact>}
    </Typography>
  );
}
