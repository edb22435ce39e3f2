import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import type { JsonObject, JsonValue } from '@backstage/types';
import { isSecret, parameterTitle } from '../../parameters/parameterSchema';

const useStyles = makeStyles(theme => ({
  list: {
    display: 'grid',
    gridTemplateColumns: 'max-content 1fr',
    columnGap: theme.spacing(2),
    rowGap: theme.spacing(0.5),
    margin: 0,
  },
  value: { margin: 0, fontFamily: 'monospace', overflowWrap: 'anywhere' },
}));

function readable(value: JsonValue | undefined): string {
  if (value === undefined) return '–';
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/**
 * Parameters that are settled, for reading only.
 *
 * @public
 */
export function GivenParameters(props: {
  parameters: JsonObject;
  schema?: JsonObject;
}) {
  const classes = useStyles();
  const { parameters, schema = {} } = props;
  const entries = Object.entries(parameters).filter(
    ([, value]) => value !== undefined,
  );
  if (!entries.length) return null;
  return (
    <dl className={classes.list}>
      {entries.map(([name, value]) => [
        <Typography
          key={`${name} name`}
          component="dt"
          variant="body2"
          color="textSecondary"
        >
          {parameterTitle(schema, name)}
        </Typography>,
        <Typography
          key={`${name} value`}
          component="dd"
          variant="body2"
          className={classes.value}
        >
          {isSecret(schema, name) ? '••••••' : readable(value)}
        </Typography>,
      ])}
    </dl>
  );
}
