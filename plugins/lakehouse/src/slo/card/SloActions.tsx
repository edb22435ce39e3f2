import { useState } from 'react';
import { useApiHolder } from '@backstage/core-plugin-api';
import { Link } from '@backstage/core-components';
import { runbooksApiRef } from '@lakehouse-ops/plugin-runbooks-react';
import Button from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';
import type { SloView } from '@lakehouse-ops/plugin-lakehouse-common';
import { ActionBar } from '../../components/layout';
import { RefusableButton } from '../drawers/RefusableButton';
import { SilenceDialog } from '../drawers/SilenceDialog';
import { TimeOutDialog } from '../drawers/TimeOutDialog';
import type { SloPanel } from '../sloUrl';
import { manageRefusal } from './sloFacts';

/** Where the Runbooks plugin tells what there is to run. */
const RUNBOOKS_PATH = '/runbooks/catalogue';

const useStyles = makeStyles(theme => ({
  runbooks: { fontSize: theme.typography.body2.fontSize },
}));

/** What its owners suggest to run; names only where the app has no Runbooks plugin. */
const SuggestedRunbooks = (props: { slo: SloView; className: string }) => {
  const runnable = useApiHolder().get(runbooksApiRef) !== undefined;
  const { runbooks } = props.slo.definition;
  if (runbooks.length === 0) return null;
  return (
    <span className={props.className}>
      Runbooks:{' '}
      {runbooks.map((name, index) => (
        <span key={name}>
          {index > 0 && ', '}
          {runnable ? <Link to={RUNBOOKS_PATH}>{name}</Link> : name}
        </span>
      ))}
    </span>
  );
};

/** What can be asked about an SLO, and done to it. */
export const SloActions = (props: {
  slo: SloView;
  /** The moment that the reader looks at. */
  at?: string;
  onPanel: (panel: SloPanel) => void;
  onChanged: () => void;
}) => {
  const { slo, onPanel } = props;
  const classes = useStyles();
  const [dialog, setDialog] = useState<'silence' | 'time-out'>();
  const refusal = manageRefusal(slo);
  const close = () => setDialog(undefined);
  return (
    <ActionBar>
      <Button
        size="small"
        variant="outlined"
        aria-haspopup="dialog"
        onClick={() => onPanel('spent')}
      >
        What spent it
      </Button>
      <Button
        size="small"
        variant="outlined"
        aria-haspopup="dialog"
        onClick={() => onPanel('what-if')}
      >
        Try a change
      </Button>
      <Button
        size="small"
        variant="outlined"
        aria-haspopup="dialog"
        onClick={() => onPanel('definition')}
      >
        Definition
      </Button>
      <RefusableButton refusal={refusal} onClick={() => setDialog('silence')}>
        Silence
      </RefusableButton>
      <RefusableButton refusal={refusal} onClick={() => setDialog('time-out')}>
        Take time out
      </RefusableButton>
      <SuggestedRunbooks className={classes.runbooks} slo={slo} />
      {dialog === 'silence' && (
        <SilenceDialog slo={slo} onDone={props.onChanged} onClose={close} />
      )}
      {dialog === 'time-out' && (
        <TimeOutDialog
          slo={slo}
          at={props.at}
          onDone={props.onChanged}
          onClose={close}
        />
      )}
    </ActionBar>
  );
};
