import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import type {
  SloFileStatus,
  SloProblem,
} from '@lakehouse-ops/plugin-lakehouse-common';
import { formatDateTime, RelativeTime } from '../../components/format';
import { StatusMark } from '../../components/status';
import { useLakehouseColors } from '../../components/useLakehouseColors';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'grid',
    gap: theme.spacing(0.75),
    padding: theme.spacing(1.25, 2),
    border: `1px solid ${theme.palette.divider}`,
    borderLeft: '4px solid',
    borderRadius: theme.shape.borderRadius,
    backgroundColor: theme.palette.background.paper,
    overflowWrap: 'anywhere',
  },
  list: {
    display: 'grid',
    gap: theme.spacing(0.5),
    margin: 0,
    padding: 0,
    listStyle: 'none',
    fontSize: theme.typography.body2.fontSize,
  },
  problem: {
    display: 'grid',
    gridTemplateColumns: '90px minmax(0, 1fr)',
    gap: theme.spacing(1),
    alignItems: 'baseline',
  },
  place: { fontFamily: 'monospace', fontSize: '0.8125rem' },
}));

/** Files of definitions that can't be used as they are now: where, what, and what stands meanwhile. */
export const FileProblems = (props: { files: readonly SloFileStatus[] }) => {
  const classes = useStyles();
  const colors = useLakehouseColors();
  return (
    <>
      {props.files
        .filter(({ problems }) => problems.length > 0)
        .map(file => {
          const broken = file.problems.some(
            ({ severity }) => severity === 'error',
          );
          return (
            <section
              key={file.location}
              className={classes.root}
              style={{
                borderLeftColor: broken ? colors.breached : colors.atRisk,
              }}
              aria-label={`Problems of ${file.location}`}
              data-state="broken-file"
            >
              <Typography variant="body2">
                <strong>
                  {broken
                    ? 'The newest version of this file can’t be used'
                    : 'Something in this file is not as it was meant'}
                </strong>
                : {file.location}
                {file.checkedAt && (
                  <>
                    {' '}
                    (looked at <RelativeTime time={file.checkedAt} />)
                  </>
                )}
              </Typography>
              <ul className={classes.list} aria-label="Problems">
                {file.problems.map(problem => (
                  <li
                    key={`${problem.line} ${problem.field} ${problem.message}`}
                    className={classes.problem}
                  >
                    <StatusMark
                      status={
                        problem.severity === 'error' ? 'breached' : 'at-risk'
                      }
                      word={problem.severity === 'error' ? 'Error' : 'Warning'}
                    />
                    <span>
                      <span className={classes.place}>{placeOf(problem)}</span>{' '}
                      {problem.message}
                    </span>
                  </li>
                ))}
              </ul>
              {broken && (
                <Typography variant="body2" color="textSecondary">
                  {standsOf(file)}
                </Typography>
              )}
            </section>
          );
        })}
    </>
  );
};

function placeOf({ line, column, field }: SloProblem): string {
  const place =
    line === undefined
      ? undefined
      : `line ${line}${column === undefined ? '' : `:${column}`}`;
  const known = [place, field].filter(part => part !== undefined);
  return known.length > 0 ? `${known.join(', ')}:` : '';
}

/** What is used while the newest version can't be. */
function standsOf(file: SloFileStatus): string {
  if (file.slos.length === 0) {
    return 'Nothing of this file is in use: no version of it was ever right.';
  }
  const since = file.usedSince ? ` of ${formatDateTime(file.usedSince)}` : '';
  return `Until it is put right, the last good version${since} stands: ${file.slos.join(
    ', ',
  )}.`;
}
