import { useEffect, useId, useRef } from 'react';
import Button from '@material-ui/core/Button';
import Paper from '@material-ui/core/Paper';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import type { SloView } from '@lakehouse-ops/plugin-lakehouse-common';
import { HeadingLevel } from '../../components/layout/HeadingLevel';
import { StatusMark } from '../../components/status';
import { SloDetail } from '../detail/SloDetail';
import type { SloPanel } from '../sloUrl';
import { SloActions } from './SloActions';
import { firesNow, SloRunbooks } from './SloRunbooks';
import { SloSummaryView } from './SloSummaryView';

/** All of them stand in the detail. */
const MOST_ON_CARD = 2;

const useStyles = makeStyles(theme => ({
  root: {
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 1fr)',
    gap: theme.spacing(1.5),
    padding: theme.spacing(2),
    fontFamily: theme.typography.fontFamily,
    scrollMarginTop: theme.spacing(2),
  },
  head: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'baseline',
    justifyContent: 'space-between',
    gap: theme.spacing(0.5, 2),
  },
  title: { fontSize: '1rem', fontWeight: 600, overflowWrap: 'anywhere' },
  foot: {
    display: 'flex',
    flexWrap: 'wrap',
    justifyContent: 'space-between',
    gap: theme.spacing(1),
  },
  toggle: { marginLeft: 'auto' },
}));

/** One SLO of an entity: its summary, and all that is known when it is open. */
export const SloCard = (props: {
  slo: SloView;
  open: boolean;
  /** A link led to it: it is brought into view. */
  linked: boolean;
  at?: string;
  /** Absent when it is the only one and always open. */
  onToggle?: () => void;
  onPanel: (panel: SloPanel) => void;
  onChanged: () => void;
}) => {
  const { slo, open, linked, onToggle } = props;
  const classes = useStyles();
  const id = useId();
  const ref = useRef<HTMLElement>(null);
  useEffect(() => {
    if (linked) ref.current?.scrollIntoView?.({ block: 'start' });
  }, [linked]);
  return (
    <Paper
      variant="outlined"
      component="section"
      className={classes.root}
      ref={ref}
      aria-labelledby={`${id}-title`}
      data-state={slo.data}
    >
      <div className={classes.head}>
        <Typography id={`${id}-title`} component="h2" className={classes.title}>
          {slo.title}
        </Typography>
        <StatusMark status={slo.status} reason={slo.sentence} size={13} />
      </div>
      <SloSummaryView slo={slo} />
      <div className={classes.foot}>
        <SloActions
          slo={slo}
          at={props.at}
          onPanel={props.onPanel}
          onChanged={props.onChanged}
        />
        {onToggle && (
          <Button
            size="small"
            color="primary"
            aria-expanded={open}
            aria-controls={open ? `${id}-detail` : undefined}
            className={classes.toggle}
            onClick={onToggle}
          >
            {open ? 'Hide charts' : 'Show charts'}
          </Button>
        )}
      </div>
      {!open && firesNow(slo) && (
        <HeadingLevel.Provider value="h3">
          <SloRunbooks
            slo={slo}
            limit={MOST_ON_CARD}
            onChanged={props.onChanged}
          />
        </HeadingLevel.Provider>
      )}
      {open && (
        <div id={`${id}-detail`}>
          <HeadingLevel.Provider value="h3">
            <SloDetail slo={slo} onChanged={props.onChanged} />
          </HeadingLevel.Provider>
        </div>
      )}
    </Paper>
  );
};
