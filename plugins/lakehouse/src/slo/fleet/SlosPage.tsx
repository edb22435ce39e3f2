import { useNavigate } from 'react-router-dom';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import { useRouteRef } from '@backstage/core-plugin-api';
import { Columns, Figure, Stack, ViewTabs } from '../../components/layout';
import { formatCount } from '../../components/format';
import {
  HEALTH_ORDER,
  HEALTH_WORDS,
  StatusMark,
} from '../../components/status';
import { rootRouteRef } from '../../routes';
import { sentenceCase, slosClause } from '../sloWords';
import { useSloList } from '../useSlos';
import { SlosSection } from './SlosSection';

const useStyles = makeStyles(theme => ({
  sentence: {
    display: 'flex',
    alignItems: 'baseline',
    gap: theme.spacing(0.5, 1.5),
    minHeight: 28,
  },
}));

const OVERVIEW = { limit: 1 };

const TONES = {
  breached: 'breached',
  'at-risk': 'atRisk',
  unknown: 'normal',
  healthy: 'normal',
} as const;

/** The `/lakehouse/slos` page: all SLOs, how many are how, and the list of them. */
export const SlosPage = <V extends string>(props: {
  /** The parts of the `/lakehouse` page, of which this is one. */
  tabs: ReadonlyArray<{ readonly name: V; readonly title: string }>;
  tab: V;
  /** Search parameters that show another part. */
  searchOf: (tab: V) => string;
}) => {
  const classes = useStyles();
  const navigate = useNavigate();
  const root = useRouteRef(rootRouteRef)();
  const { data } = useSloList(OVERVIEW);
  const clause = data && slosClause(data);
  return (
    <Stack>
      <div className={classes.sentence}>
        {clause && (
          <>
            <StatusMark status={clause.status} />
            <Typography variant="body1" component="p">
              {sentenceCase(clause.text)}
            </Typography>
          </>
        )}
      </div>
      <Columns minWidth={150}>
        {HEALTH_ORDER.map(status => (
          <Figure
            key={status}
            label={HEALTH_WORDS[status]}
            value={data && formatCount(data.counts[status])}
            missing="not known yet"
            tone={data && data.counts[status] > 0 ? TONES[status] : 'normal'}
          />
        ))}
        <Figure
          label="Alerts firing"
          value={data && formatCount(data.firing)}
          missing="not known yet"
          tone={data && data.firing > 0 ? 'breached' : 'normal'}
        />
      </Columns>
      <ViewTabs
        label="Parts of the lakehouse"
        views={props.tabs}
        view={props.tab}
        onView={next => {
          if (next !== props.tab) navigate(`${root}${props.searchOf(next)}`);
        }}
      />
      <SlosSection />
    </Stack>
  );
};
