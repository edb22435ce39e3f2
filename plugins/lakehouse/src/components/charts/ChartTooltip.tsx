import { makeStyles } from '@material-ui/core/styles';

const useStyles = makeStyles(theme => ({
  root: {
    padding: theme.spacing(0.75, 1.25),
    borderRadius: theme.shape.borderRadius,
    border: `1px solid ${theme.palette.divider}`,
    backgroundColor: theme.palette.background.paper,
    color: theme.palette.text.primary,
    boxShadow: theme.shadows[2],
    fontSize: theme.typography.caption.fontSize,
    fontVariantNumeric: 'tabular-nums',
  },
  row: {
    display: 'flex',
    alignItems: 'center',
    gap: theme.spacing(1),
    '& > :last-child': { marginLeft: 'auto', paddingLeft: theme.spacing(1.5) },
  },
  swatch: { width: 8, height: 8, borderRadius: 2 },
}));

/** One line of a tooltip. */
export interface TooltipRow {
  readonly label: string;
  readonly value: string;
  readonly color?: string;
}

/** What a chart says under the pointer. */
export const ChartTooltip = (props: {
  title: string;
  rows: readonly TooltipRow[];
}) => {
  const classes = useStyles();
  return (
    <div className={classes.root}>
      <strong>{props.title}</strong>
      {props.rows.map(row => (
        <div key={row.label} className={classes.row}>
          <span
            className={classes.swatch}
            style={{ backgroundColor: row.color }}
          />
          <span>{row.label}</span>
          <span>{row.value}</span>
        </div>
      ))}
    </div>
  );
};
