import { useEffect } from 'react';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import type { JsonObject } from '@backstage/types';
import type {
  RunbookSummary,
  RunTarget,
} from '@lakehouse-ops/plugin-runbooks-common';
import { usePreview } from '../../hooks/usePreview';
import type { StartRunState } from '../../hooks/useStartRun';
import { useParameterValues } from '../../parameters/useParameterValues';
import { approvalWords } from '../../format/words';
import { FailureView } from '../FailureView';
import { RiskLabel, TargetText } from '../labels';
import { GivenParameters, ParametersForm } from '../ParametersForm';
import { AboutRunbook } from './AboutRunbook';
import { DrawerFooter } from './DrawerFooter';
import { PreviewSection } from './PreviewSection';
import { RefusalView } from './RefusalView';
import { RunNowButton } from './RunNowButton';
import { Section } from './Section';

const useStyles = makeStyles(theme => ({
  body: { flex: 1, overflowY: 'auto', padding: theme.spacing(0, 3, 3) },
  form: { marginTop: theme.spacing(2) },
}));

/** What the drawer shows before a run: what it does, where, and its preview. */
export function PreparePanel(props: {
  runbook: RunbookSummary;
  /** Told by the preview unless the page knows it. */
  target?: RunTarget;
  /** Settled by the page that the button stands on; a stable reference. */
  given: JsonObject;
  /** What the form begins with. */
  proposed: JsonObject;
  entityRef?: string;
  starter: StartRunState;
  onClose(): void;
}) {
  const classes = useStyles();
  const { runbook, given, proposed, entityRef, starter, onClose } = props;
  const parameters = useParameterValues(
    runbook.parametersSchema,
    given,
    proposed,
  );
  const preview = usePreview({
    runbookId: runbook.id,
    entityRef,
    parameters: parameters.complete,
  });
  const { refresh } = preview;

  useEffect(() => {
    if (starter.failure?.kind === 'conflict') refresh();
  }, [starter.failure, refresh]);

  const ready = preview.status === 'ready' ? preview.preview : undefined;
  const target = props.target ?? ready?.target;
  const approval = ready ? ready.approval : runbook.approval;
  return (
    <>
      <div className={classes.body}>
        <AboutRunbook runbook={runbook} />
        {target && (
          <Section title="Target">
            <Typography variant="body2">
              <TargetText target={target} />
            </Typography>
          </Section>
        )}
        <Section title="Parameters">
          <GivenParameters
            parameters={given}
            schema={runbook.parametersSchema}
          />
          {!parameters.open && Object.keys(given).length === 0 && (
            <Typography variant="body2" color="textSecondary">
              It takes none.
            </Typography>
          )}
          {parameters.open && (
            <div className={classes.form}>
              <ParametersForm
                open={parameters.open}
                values={parameters.values}
                given={given}
                fullSchema={runbook.parametersSchema}
                disabled={starter.starting || starter.unanswered}
                onChange={parameters.setValues}
              />
            </div>
          )}
        </Section>
        <Section title="Preview">
          <PreviewSection
            state={preview}
            problems={parameters.problems}
            onRetry={refresh}
          />
        </Section>
        <Section title={approval ? 'Risk and approval' : 'Risk'}>
          <Typography variant="body2" component="div">
            <RiskLabel
              risk={ready?.risk ?? runbook.risk}
              attributes={runbook.attributes}
            />
          </Typography>
          {approval && (
            <Typography variant="body2">{approvalWords(approval)}</Typography>
          )}
        </Section>
      </div>
      <DrawerFooter onClose={onClose}>
        {ready && !ready.execute.allowed && (
          <RefusalView refusal={ready.execute} />
        )}
        {starter.failure && (
          <FailureView
            failure={starter.failure}
            title={
              starter.unanswered
                ? 'No answer: it may or may not have started'
                : 'It was not started'
            }
          />
        )}
        <RunNowButton
          runbook={runbook}
          target={target}
          preview={ready}
          starter={starter}
        />
      </DrawerFooter>
    </>
  );
}
