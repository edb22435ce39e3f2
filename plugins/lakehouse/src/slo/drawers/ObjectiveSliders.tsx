import { useEffect, useId, useState } from 'react';
import Slider from '@material-ui/core/Slider';
import TextField from '@material-ui/core/TextField';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import { Columns } from '../../components/layout';
import { useLakehouseColors } from '../../components/useLakehouseColors';
import { formatInUnit, formatTarget } from '../sloFormat';
import {
  parseTarget,
  placeToTarget,
  roundThreshold,
  TARGET_PLACES,
  targetText,
  targetToPlace,
} from './targetScale';

const useStyles = makeStyles(theme => ({
  one: {
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 1fr) 130px',
    alignItems: 'center',
    gap: theme.spacing(0, 3),
    paddingRight: theme.spacing(1),
  },
  label: { gridColumn: '1 / -1' },
}));

const TARGET_MARKS = [0.9, 0.99, 0.999, 0.9999].map(target => ({
  value: targetToPlace(target),
  label: formatTarget(target),
}));

/** How far a threshold can be moved: to a tenth, to ten times. */
const THRESHOLD_REACH = 1;

const STEP = 0.01;

/** A number that is typed; what makes no sense is told and goes no further. */
const TypedNumber = (props: {
  label: string;
  text: string;
  parse: (text: string) => number | undefined;
  problem: string;
  onValue: (value: number) => void;
}) => {
  const { label, text, parse, problem, onValue } = props;
  const colors = useLakehouseColors();
  const id = useId();
  const [typed, setTyped] = useState(text);
  useEffect(
    () => setTyped(before => (parse(before) === parse(text) ? before : text)),
    [text, parse],
  );
  const wrong = parse(typed) === undefined;
  return (
    <TextField
      id={id}
      label={label}
      variant="outlined"
      size="small"
      margin="none"
      value={typed}
      error={wrong}
      helperText={wrong ? problem : undefined}
      FormHelperTextProps={{ style: { color: colors.breached } }}
      inputProps={{ inputMode: 'decimal' }}
      InputLabelProps={{ shrink: true }}
      onChange={event => {
        setTyped(event.target.value);
        const value = parse(event.target.value);
        if (value !== undefined) onValue(value);
      }}
    />
  );
};

/** Target and threshold, to be dragged or typed. */
export const ObjectiveSliders = (props: {
  objective: {
    readonly threshold?: { readonly value: number; readonly unit: string };
  };
  target: number;
  threshold: number | undefined;
  onTarget: (target: number) => void;
  onThreshold: (threshold: number) => void;
}) => {
  const { objective, target, threshold, onTarget, onThreshold } = props;
  const classes = useStyles();
  const id = useId();
  const given = objective.threshold;
  const middle = Math.log10(Math.max(given?.value ?? 1, 1e-9));
  return (
    <Columns minWidth={420}>
      <div className={classes.one}>
        <Typography
          id={`${id}-target`}
          variant="subtitle2"
          component="span"
          className={classes.label}
        >
          Target
        </Typography>
        <Slider
          aria-labelledby={`${id}-target`}
          min={TARGET_PLACES.min}
          max={TARGET_PLACES.max}
          step={STEP}
          marks={TARGET_MARKS}
          value={targetToPlace(target)}
          getAriaValueText={place => formatTarget(placeToTarget(place))}
          onChange={(_, place) =>
            onTarget(placeToTarget(Array.isArray(place) ? place[0] : place))
          }
        />
        <TypedNumber
          label="Target in %"
          text={targetText(target)}
          parse={parseTarget}
          problem="above 0, below 100"
          onValue={onTarget}
        />
      </div>
      {given && threshold !== undefined && (
        <div className={classes.one}>
          <Typography
            id={`${id}-threshold`}
            variant="subtitle2"
            component="span"
            className={classes.label}
          >
            Threshold
          </Typography>
          <Slider
            aria-labelledby={`${id}-threshold`}
            min={middle - THRESHOLD_REACH}
            max={middle + THRESHOLD_REACH}
            step={STEP}
            value={Math.log10(Math.max(threshold, 1e-9))}
            getAriaValueText={place =>
              formatInUnit(roundThreshold(10 ** place), given.unit)
            }
            onChange={(_, place) =>
              onThreshold(
                roundThreshold(10 ** (Array.isArray(place) ? place[0] : place)),
              )
            }
          />
          <TypedNumber
            label={`Threshold in ${given.unit}`}
            text={String(threshold)}
            parse={parsePositive}
            problem="a number above 0"
            onValue={onThreshold}
          />
        </div>
      )}
    </Columns>
  );
};

function parsePositive(text: string): number | undefined {
  const value = Number(text.replace(',', '.'));
  return text.trim() !== '' && Number.isFinite(value) && value > 0
    ? value
    : undefined;
}
