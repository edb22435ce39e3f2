import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import Alert from '@material-ui/lab/Alert';
import type { PreviewContent } from '@lakehouse-ops/plugin-runbooks-common';
import { ChangesTable } from './ChangesTable';
import { SamplesTable } from './SamplesTable';

const useStyles = makeStyles(theme => ({
  warning: { marginTop: theme.spacing(1) },
  title: { marginTop: theme.spacing(2) },
  list: { margin: 0, paddingLeft: theme.spacing(2.5) },
  summary: { marginBottom: theme.spacing(1) },
}));

/**
 * What a run would do: summary, warnings, changes, samples, and what stays
 * untouched.
 *
 * @public
 */
export function PreviewView(props: {
  content: PreviewContent;
  /** It changes nothing. */
  looks?: boolean;
}) {
  const classes = useStyles();
  const { content, looks } = props;
  const { summary, changes, samples, untouched, warnings } = content;
  return (
    <div>
      <Typography className={classes.summary}>{summary}</Typography>
      {changes.length > 0 && <ChangesTable changes={changes} />}
      {warnings.map(warning => (
        <Alert key={warning} severity="warning" className={classes.warning}>
          {warning}
        </Alert>
      ))}
      {samples && samples.rows.length > 0 && (
        <SamplesTable samples={samples} looks={looks} />
      )}
      {untouched.length > 0 && (
        <>
          <Typography
            variant="subtitle2"
            component="h4"
            className={classes.title}
          >
            Not touched
          </Typography>
          <ul className={classes.list}>
            {untouched.map(line => (
              <Typography key={line} component="li" variant="body2">
                {line}
              </Typography>
            ))}
          </ul>
        </>
      )}
    </div>
  );
}
