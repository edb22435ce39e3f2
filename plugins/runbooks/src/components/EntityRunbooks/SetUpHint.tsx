import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import { Link } from '@backstage/core-components';
import { useEntity } from '@backstage/plugin-catalog-react';
import { cataloguePath } from '@lakehouse-ops/plugin-runbooks-react';

const useStyles = makeStyles(theme => ({
  code: {
    margin: theme.spacing(1, 0),
    padding: theme.spacing(1.5),
    overflowX: 'auto',
    borderRadius: theme.shape.borderRadius,
    backgroundColor: theme.palette.background.default,
    border: `1px solid ${theme.palette.divider}`,
  },
}));

/** How a runbook comes to be suggested for this entity. */
export function SetUpHint() {
  const classes = useStyles();
  const { entity } = useEntity();
  const type = entity.spec?.type;
  const filter =
    typeof type === 'string'
      ? `{kind: ${entity.kind}, type: ${type}}`
      : `{kind: ${entity.kind}}`;
  return (
    <>
      <Typography variant="body2">
        No runbook says that it is for an entity like this one. A runbook file
        does so with
      </Typography>
      <pre className={classes.code}>
        {`spec:\n  appliesTo:\n    - ${filter}`}
      </pre>
      <Typography variant="body2" paragraph>
        and the entity can bring its own files with the annotation{' '}
        <code>lakehouse-ops.io/runbooks: ./runbooks.yaml</code>.
      </Typography>
      <Typography variant="body2">
        <Link to={cataloguePath()}>All runbooks</Link>
      </Typography>
    </>
  );
}
