import { useLocation } from 'react-router-dom';
import Chip from '@material-ui/core/Chip';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import type { SloView } from '@lakehouse-ops/plugin-lakehouse-common';
import {
  CodeText,
  formatClock,
  formatShare,
  RelativeTime,
} from '../../components/format';
import {
  FactGrid,
  Section,
  Stack,
  useFilterStyles,
} from '../../components/layout';
import { applyUrlPatch, useUrlState } from '../../url';
import { countedFrom } from '../card/sloFacts';
import { firesNow, SloRunbooks } from '../card/SloRunbooks';
import { formatWindow } from '../sloFormat';
import {
  firstSpan,
  isSpanName,
  readSloUrl,
  SLO_SPANS,
  sloMomentPatch,
} from '../sloUrl';
import { AlertHistory } from './AlertHistory';
import { Exceptions } from './Exceptions';
import { ObjectivesTable } from './ObjectivesTable';
import { SloCharts } from './SloCharts';
import { VersionsTable } from './VersionsTable';

const useStyles = makeStyles(theme => ({
  moment: {
    padding: theme.spacing(1, 1.5),
    borderLeft: `3px solid ${theme.palette.text.primary}`,
  },
}));

/** Everything that is known of an SLO, below its summary. */
export const SloDetail = (props: { slo: SloView; onChanged: () => void }) => {
  const { slo, onChanged } = props;
  const classes = useStyles();
  const filters = useFilterStyles();
  const { pathname } = useLocation();
  const { params, update } = useUrlState();
  const read = readSloUrl(params);
  const from = countedFrom(slo);
  const url = { ...read, span: read.span ?? firstSpan(from) };
  const alertThen =
    url.at === undefined ? undefined : alertAt(slo, Date.parse(url.at));
  return (
    <Stack>
      {url.at && (
        <div className={classes.moment} role="note">
          <Typography variant="body2">
            This link is about <strong>{formatClock(url.at)}</strong>.{' '}
            {alertThen ? (
              <>
                Then it was said: <CodeText text={alertThen.explanation} />
              </>
            ) : (
              'No alert fired at that moment.'
            )}{' '}
            What stands above is of now.
          </Typography>
        </div>
      )}
      {firesNow(slo) && <SloRunbooks slo={slo} onChanged={onChanged} />}
      <div className={filters.group} role="group" aria-label="Shown time">
        {Object.entries(SLO_SPANS).map(([name, { label }]) =>
          name === 'moment' && !url.at ? null : (
            <Chip
              key={name}
              size="small"
              className={filters.chip}
              label={label}
              color={url.span === name ? 'primary' : 'default'}
              variant={url.span === name ? 'default' : 'outlined'}
              aria-pressed={url.span === name}
              onClick={() =>
                isSpanName(name) && update({ slo: slo.id, span: name })
              }
            />
          ),
        )}
        {from && (
          <Typography variant="body2" color="textSecondary" component="span">
            counted since {formatClock(from)}
          </Typography>
        )}
      </div>
      <SloCharts slo={slo} url={url} />
      <FactGrid
        facts={[
          { name: 'Window', value: formatWindow(slo.window) },
          { name: 'Method', value: slo.method },
          {
            name: 'Observed',
            value: `${formatShare(slo.coverage)} of the window`,
          },
          {
            name: 'Newest data',
            value: <RelativeTime time={slo.lastDataAt} />,
          },
          { name: 'Judged', value: <RelativeTime time={slo.evaluatedAt} /> },
          { name: 'Service', value: slo.service },
        ]}
      />
      <Section title="Objectives">
        <ObjectivesTable objectives={slo.objectives} />
      </Section>
      {!firesNow(slo) && <SloRunbooks slo={slo} onChanged={onChanged} />}
      <Section title="Alerts">
        <AlertHistory
          alerts={slo.alerts}
          momentPath={at =>
            `${pathname}?${applyUrlPatch(params, sloMomentPatch(slo.id, at))}`
          }
        />
      </Section>
      <Section title="Times that do not count, and silences">
        <Exceptions slo={slo} onChanged={onChanged} />
      </Section>
      <Section title="Versions">
        <VersionsTable versions={slo.versions} />
      </Section>
    </Stack>
  );
};

function alertAt(slo: SloView, atMs: number) {
  return slo.alerts.find(
    ({ firedAt, resolvedAt }) =>
      firedAt !== undefined &&
      Date.parse(firedAt) <= atMs &&
      (resolvedAt === undefined || Date.parse(resolvedAt) >= atMs),
  );
}
