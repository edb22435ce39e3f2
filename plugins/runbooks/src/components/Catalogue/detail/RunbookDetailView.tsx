import type { PropsWithChildren } from 'react';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import { MarkdownContent } from '@backstage/core-components';
import type { RunbookDetail } from '@lakehouse-ops/plugin-runbooks-common';
import { approvalWords, RiskLabel } from '@lakehouse-ops/plugin-runbooks-react';
import { RunbookFlow } from '../flow/RunbookFlow';
import { RunbookProblems } from '../RunbookProblems';
import { ParametersTable } from './ParametersTable';
import { RunbookFacts } from './RunbookFacts';
import { entityFilterWords, triggerWords } from './triggerWords';

const useStyles = makeStyles(theme => ({
  section: { marginTop: theme.spacing(3) },
  title: {
    marginBottom: theme.spacing(1),
    color: theme.palette.text.secondary,
    fontWeight: 500,
  },
  docs: {
    ...theme.typography.body2,
    overflowWrap: 'anywhere',
    '& p, & li': theme.typography.body2,
    '& > :first-child': { marginTop: 0 },
    '& pre': { overflowX: 'auto' },
  },
  list: { margin: 0, paddingLeft: theme.spacing(2.5) },
}));

const Part = (props: PropsWithChildren<{ title: string }>) => {
  const classes = useStyles();
  return (
    <section className={classes.section} aria-label={props.title}>
      <Typography variant="subtitle2" component="h3" className={classes.title}>
        {props.title}
      </Typography>
      {props.children}
    </section>
  );
};

/** All that is known of a runbook. */
export function RunbookDetailView({ detail }: { detail: RunbookDetail }) {
  const classes = useStyles();
  const { definition, triggers = [], appliesTo = [], approval } = detail;
  const when = [
    ...appliesTo.map(
      filter => `Is suggested on entities: ${entityFilterWords(filter)}.`,
    ),
    ...triggers.map(trigger => triggerWords(trigger, definition?.runAs)),
  ];
  return (
    <>
      <RunbookProblems
        title="Its file has problems"
        problems={detail.problems}
      />
      <Typography>{detail.description}</Typography>
      {definition?.docs && (
        <Part title="About">
          <MarkdownContent
            className={classes.docs}
            content={definition.docs}
            dialect="gfm"
          />
        </Part>
      )}
      <Part title="Risk and approval">
        <Typography variant="body2" component="div">
          <RiskLabel risk={detail.risk} attributes={detail.attributes} />
        </Typography>
        <Typography variant="body2">
          {approval
            ? approvalWords(approval)
            : 'Whoever may run it there needs nobody else to agree.'}
        </Typography>
      </Part>
      <Part title="Steps">
        {definition ? (
          <RunbookFlow definition={definition} />
        ) : (
          <Typography variant="body2">
            A single action: it looks again whether all is as it was previewed,
            acts, and reads back what came of it.
          </Typography>
        )}
      </Part>
      <Part title="Parameters">
        <ParametersTable schema={detail.parametersSchema} />
      </Part>
      {when.length > 0 && (
        <Part title="When it is offered or starts">
          <ul className={classes.list}>
            {when.map(line => (
              <Typography key={line} component="li" variant="body2">
                {line}
              </Typography>
            ))}
          </ul>
        </Part>
      )}
      <Part title="Facts">
        <RunbookFacts detail={detail} />
      </Part>
    </>
  );
}
