import { makeStyles } from '@material-ui/core/styles';
import { hatching } from '../states/hatching';

/** One series of a chart. */
export interface LegendEntry {
  readonly label: string;
  readonly color: string;
  readonly mark: 'area' | 'line' | 'dashed' | 'hatched';
}

const useStyles = makeStyles(theme => ({
  root: {
    display: 'flex',
    flexWrap: 'wrap',
    columnGap: theme.spacing(1.5),
    margin: 0,
    padding: 0,
    listStyle: 'none',
    fontSize: theme.typography.caption.fontSize,
    color: theme.palette.text.secondary,
  },
  entry: { display: 'inline-flex', alignItems: 'center', gap: 6 },
  swatch: { width: 12, height: 10, borderRadius: 2, boxSizing: 'border-box' },
}));

/** The legend of a chart; the marks differ in shape as well as in colour. */
export const ChartLegend = (props: { entries: readonly LegendEntry[] }) => {
  const classes = useStyles();
  return (
    <ul className={classes.root}>
      {props.entries.map(entry => (
        <li key={entry.label} className={classes.entry}>
          <span
            className={classes.swatch}
            style={swatchStyle(entry)}
            aria-hidden
          />
          {entry.label}
        </li>
      ))}
    </ul>
  );
};

function swatchStyle(entry: LegendEntry) {
  switch (entry.mark) {
    case 'line':
      return { height: 0, borderTop: `2px solid ${entry.color}` };
    case 'dashed':
      return { height: 0, borderTop: `2px dashed ${entry.color}` };
    case 'hatched':
      return {
        border: `1px solid ${entry.color}`,
        backgroundImage: hatching(entry.color),
      };
    default:
      return { backgroundColor: entry.color };
  }
}
