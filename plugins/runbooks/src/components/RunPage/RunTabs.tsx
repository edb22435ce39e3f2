import { useId } from 'react';
import { useSearchParams } from 'react-router-dom';
import Box from '@material-ui/core/Box';
import Tab from '@material-ui/core/Tab';
import Tabs from '@material-ui/core/Tabs';
import { makeStyles } from '@material-ui/core/styles';
import type { Run, RunApproval } from '@lakehouse-ops/plugin-runbooks-common';
import {
  RunLog,
  type RunEventsState,
} from '@lakehouse-ops/plugin-runbooks-react';
import { EvidenceTab } from './EvidenceTab';
import { PreviewTab } from './PreviewTab';

const LOG_HEIGHT_PX = 560;
const TABS = ['log', 'preview', 'evidence'] as const;
type TabName = (typeof TABS)[number];

const TITLES: Record<TabName, string> = {
  log: 'Log',
  preview: 'Preview',
  evidence: 'Evidence',
};

const useStyles = makeStyles(theme => ({
  // The app's theme lights the tab under the pointer up to white, in the dark too.
  tab: {
    '&:hover, &:focus': {
      color: theme.palette.text.primary,
      background: theme.palette.action.hover,
    },
  },
}));

/** Log, preview and evidence of a run; the address says which is open. */
export function RunTabs(props: {
  run: Run;
  events: RunEventsState;
  approvals: readonly RunApproval[];
}) {
  const classes = useStyles();
  const { run, events, approvals } = props;
  const id = useId();
  const [params, setParams] = useSearchParams();
  const open = TABS.find(name => name === params.get('tab')) ?? 'log';
  return (
    <div>
      <Tabs
        value={open}
        indicatorColor="primary"
        textColor="primary"
        aria-label="About this run"
        onChange={(_event, name: TabName) =>
          setParams(name === 'log' ? {} : { tab: name }, { replace: true })
        }
      >
        {TABS.map(name => (
          <Tab
            key={name}
            value={name}
            label={TITLES[name]}
            className={classes.tab}
            id={`${id}-${name}`}
            aria-controls={`${id}-panel`}
          />
        ))}
      </Tabs>
      <Box
        pt={2}
        role="tabpanel"
        id={`${id}-panel`}
        aria-labelledby={`${id}-${open}`}
      >
        {open === 'log' && <RunLog state={events} maxHeight={LOG_HEIGHT_PX} />}
        {open === 'preview' && <PreviewTab run={run} />}
        {open === 'evidence' && <EvidenceTab run={run} approvals={approvals} />}
      </Box>
    </div>
  );
}
