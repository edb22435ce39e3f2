import type { ReactNode } from 'react';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import type { Run, RunApproval } from '@lakehouse-ops/plugin-runbooks-common';
import {
  ApprovalsList,
  PersonText,
} from '@lakehouse-ops/plugin-runbooks-react';
import { EvidenceView } from './EvidenceView';
import { originWords } from './RunFacts';

const useStyles = makeStyles(theme => ({
  section: { marginBottom: theme.spacing(3) },
  list: {
    display: 'grid',
    gridTemplateColumns: 'minmax(90px, max-content) minmax(0, 1fr)',
    gap: theme.spacing(0.5, 2),
    margin: 0,
    '& dt': { color: theme.palette.text.secondary },
    '& dd': { margin: 0, overflowWrap: 'anywhere' },
    '& code': { overflowWrap: 'anywhere' },
  },
}));

function Part(props: { title: string; children: ReactNode }) {
  const classes = useStyles();
  return (
    <section className={classes.section} aria-label={props.title}>
      <Typography variant="h6" component="h3" gutterBottom>
        {props.title}
      </Typography>
      {props.children}
    </section>
  );
}

/** Who took part, what exactly was run, and the log that proves it. */
export function EvidenceTab(props: {
  run: Run;
  approvals: readonly RunApproval[];
}) {
  const classes = useStyles();
  const { run, approvals } = props;
  const { preview, definitionHash, cancelRequestedBy } = run;
  const origin = originWords(run.origin);
  const others = approvals.filter(
    ({ stepId, previewHash }) => !stepId && previewHash !== preview.hash,
  );
  return (
    <>
      <Part title="People">
        <Typography component="dl" variant="body2" className={classes.list}>
          <dt>Started by</dt>
          <dd>
            <PersonText entityRef={run.startedBy} />
            {origin && `, for ${origin}`}
          </dd>
          {cancelRequestedBy && (
            <>
              <dt>Cancelled by</dt>
              <dd>
                <PersonText entityRef={cancelRequestedBy} />
              </dd>
            </>
          )}
          <dt>Approvals</dt>
          <dd>
            {approvals.length ? (
              <ApprovalsList approvals={approvals} />
            ) : (
              'none'
            )}
          </dd>
        </Typography>
      </Part>
      <Part title="What was run">
        <Typography component="dl" variant="body2" className={classes.list}>
          <dt>Runbook</dt>
          <dd>
            <code>{run.runbookId}</code>
          </dd>
          {definitionHash && (
            <>
              <dt>Version</dt>
              <dd>
                <code>{definitionHash}</code>
              </dd>
            </>
          )}
          <dt>Preview hash</dt>
          <dd>
            <code>{preview.hash}</code>
          </dd>
          {others.length > 0 && (
            <>
              <dt>Note</dt>
              <dd>
                {others.length} of the approvals were given to another preview
                than this.
              </dd>
            </>
          )}
        </Typography>
      </Part>
      <Part title="Audit log">
        <EvidenceView run={run} />
      </Part>
    </>
  );
}
