import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import type { Run, RunStep } from '@lakehouse-ops/plugin-runbooks-common';
import {
  GivenParameters,
  PreviewView,
  WholePreview,
} from '@lakehouse-ops/plugin-runbooks-react';

const useStyles = makeStyles(theme => ({
  root: { '& > section + section': { marginTop: theme.spacing(4) } },
  late: { marginTop: theme.spacing(2) },
}));

function previewedLate(
  step: RunStep,
): step is RunStep & { preview: NonNullable<RunStep['preview']> } {
  return step.preview !== undefined;
}

/** What was told beforehand, and what could be told only on the way. */
export function PreviewTab({ run }: { run: Run }) {
  const classes = useStyles();
  const { preview } = run;
  const late = run.steps.filter(previewedLate);
  return (
    <div className={classes.root}>
      <section aria-label="Before the start">
        <WholePreview preview={preview} />
      </section>
      {late.length > 0 && (
        <section aria-label="Previewed when it was reached">
          <Typography variant="h6" component="h3">
            Previewed when it was reached
          </Typography>
          {late.map(step => (
            <div key={step.id} className={classes.late}>
              <Typography variant="subtitle2" component="h4" gutterBottom>
                {step.title}
                {step.item && `: ${step.item.label}`}
              </Typography>
              <PreviewView content={step.preview} />
            </div>
          ))}
        </section>
      )}
      <section aria-label="Parameters">
        <Typography variant="h6" component="h3" gutterBottom>
          Parameters
        </Typography>
        <GivenParameters parameters={run.parameters} />
        {Object.keys(run.parameters).length === 0 && (
          <Typography color="textSecondary">It took none.</Typography>
        )}
      </section>
    </div>
  );
}
