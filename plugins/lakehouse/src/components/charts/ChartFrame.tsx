import { ReactNode, useId } from 'react';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import { HiddenText } from '../layout/HiddenText';
import { ChartLegend, LegendEntry } from './ChartLegend';
import { useElementWidth } from './useElementWidth';

/** More rows than this help nobody who listens to them. */
const MAX_TABLE_ROWS = 40;

const useStyles = makeStyles(theme => ({
  root: { margin: 0, minWidth: 0 },
  head: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'baseline',
    columnGap: theme.spacing(2),
    marginBottom: theme.spacing(0.5),
  },
  title: { fontSize: '0.875rem', fontWeight: 600 },
  summary: { flexGrow: 1 },
  plot: { position: 'relative', '& svg': { display: 'block' } },
}));

interface ChartFrameProps {
  readonly title: string;
  /** One sentence with what the chart shows. */
  readonly summary: string;
  readonly legend?: readonly LegendEntry[];
  /** The same data for those who can't see it. */
  readonly table: {
    readonly columns: readonly string[];
    readonly rows: ReadonlyArray<readonly string[]>;
  };
  readonly children: (width: number) => ReactNode;
}

/** What all charts share: title, sentence, legend, and a table for screen readers. */
export const ChartFrame = (props: ChartFrameProps) => {
  const classes = useStyles();
  const { ref, width } = useElementWidth();
  const id = useId();
  return (
    <figure
      className={classes.root}
      aria-labelledby={`${id}-title`}
      aria-describedby={`${id}-summary`}
    >
      <figcaption className={classes.head}>
        <span id={`${id}-title`} className={classes.title}>
          {props.title}
        </span>
        <Typography
          id={`${id}-summary`}
          variant="caption"
          color="textSecondary"
          className={classes.summary}
        >
          {props.summary}
        </Typography>
        {props.legend && <ChartLegend entries={props.legend} />}
      </figcaption>
      <div ref={ref} className={classes.plot} aria-hidden>
        {props.children(width)}
      </div>
      <HiddenText block>
        <table>
          <caption>{props.title}</caption>
          <thead>
            <tr>
              {props.table.columns.map(column => (
                <th key={column} scope="col">
                  {column}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {thin(props.table.rows).map((row, number) => (
              <tr key={number}>
                {row.map((cell, index) => (
                  <td key={props.table.columns[index]}>{cell}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </HiddenText>
    </figure>
  );
};

function thin<T>(rows: readonly T[]): readonly T[] {
  const step = Math.ceil(rows.length / MAX_TABLE_ROWS);
  return step <= 1 ? rows : rows.filter((_, index) => index % step === 0);
}
