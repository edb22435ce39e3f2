import { useState } from 'react';
import Button from '@material-ui/core/Button';
import type { SloView } from '@lakehouse-ops/plugin-lakehouse-common';
import { ActionBar } from '../../components/layout';
import { RefusableButton } from '../drawers/RefusableButton';
import { SilenceDialog } from '../drawers/SilenceDialog';
import { TimeOutDialog } from '../drawers/TimeOutDialog';
import type { SloPanel } from '../sloUrl';
import { manageRefusal } from './sloFacts';

/** What can be asked about an SLO, and done to it. */
export const SloActions = (props: {
  slo: SloView;
  /** The moment that the reader looks at. */
  at?: string;
  onPanel: (panel: SloPanel) => void;
  onChanged: () => void;
}) => {
  const { slo, onPanel } = props;
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
