import { makeStyles } from '@material-ui/core/styles';
import type {
  Risk,
  RunbookSummary,
} from '@lakehouse-ops/plugin-runbooks-common';
import { StatusShape, type ShapeKind } from './StatusShape';

const LOOKS: Record<Risk, { shape: ShapeKind; words: string }> = {
  low: { shape: 'good', words: 'Low risk' },
  medium: { shape: 'warning', words: 'Medium risk' },
  high: { shape: 'bad', words: 'High risk' },
};

const useStyles = makeStyles({
  root: {
    display: 'inline-flex',
    alignItems: 'baseline',
    gap: '0.45em',
  },
  words: { whiteSpace: 'nowrap' },
});

/** What a runbook's attributes mean to the one who runs it. */
export function explainAttributes({
  readOnly,
  destructive,
  idempotent,
}: RunbookSummary['attributes']): string {
  if (readOnly) return 'it only looks and changes nothing';
  return [
    destructive ? "it can't be undone" : 'it destroys nothing',
    idempotent
      ? 'running it twice does no more than once'
      : 'running it twice does it twice',
  ].join('; ');
}

/**
 * How much harm a mistake would do; with the runbook's attributes, why.
 *
 * @public
 */
export function RiskLabel(props: {
  risk: Risk;
  attributes?: RunbookSummary['attributes'];
}) {
  const classes = useStyles();
  const { shape, words } = LOOKS[props.risk];
  return (
    <span className={classes.root}>
      <StatusShape kind={shape} />
      <span className={props.attributes ? undefined : classes.words}>
        {words}
        {props.attributes && `: ${explainAttributes(props.attributes)}.`}
      </span>
    </span>
  );
}
