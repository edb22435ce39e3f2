import { useId } from 'react';
import Button from '@material-ui/core/Button';
import MenuItem from '@material-ui/core/MenuItem';
import TextField from '@material-ui/core/TextField';
import { makeStyles } from '@material-ui/core/styles';
import { LOG_LEVELS, type LogLevel } from './logLevels';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: theme.spacing(1),
    marginBottom: theme.spacing(1),
  },
  level: { minWidth: 170, marginRight: 'auto' },
}));

/** What can be done with a log: filter, follow, take away. */
export function LogToolbar(props: {
  level: LogLevel;
  onLevel(level: LogLevel): void;
  /** Absent once nothing is added to the log any more. */
  following?: boolean;
  onFollow(following: boolean): void;
  download: { readonly label: string; start(): void; readonly busy: boolean };
}) {
  const classes = useStyles();
  const id = useId();
  const { level, onLevel, following, onFollow, download } = props;
  return (
    <div className={classes.root}>
      <TextField
        select
        id={id}
        size="small"
        variant="outlined"
        label="Show"
        className={classes.level}
        value={level}
        onChange={({ target }) => {
          const chosen = LOG_LEVELS.find(known => known.level === target.value);
          if (chosen) onLevel(chosen.level);
        }}
      >
        {LOG_LEVELS.map(known => (
          <MenuItem key={known.level} value={known.level}>
            {known.words}
          </MenuItem>
        ))}
      </TextField>
      {following !== undefined && (
        <Button
          size="small"
          variant="outlined"
          onClick={() => onFollow(!following)}
        >
          {following ? 'Pause following' : 'Follow'}
        </Button>
      )}
      <Button
        size="small"
        variant="outlined"
        disabled={download.busy}
        onClick={download.start}
      >
        {download.label}
      </Button>
    </div>
  );
}
