import { Link } from '@backstage/core-components';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import type {
  SloSpenders,
  SloView,
  SpenderDimension,
} from '@lakehouse-ops/plugin-lakehouse-common';
import {
  formatClock,
  formatNumberOf,
  formatShare,
} from '../../components/format';
import { Section, ShareBar, SideDrawer, Stack } from '../../components/layout';
import { EmptyNote, ResourceView, SkeletonRows } from '../../components/states';
import { useLakehouseColors } from '../../components/useLakehouseColors';
import { useQueriesPath } from '../../links';
import { useStableRange } from '../detail/useStableRange';
import type { SloUrl } from '../sloUrl';
import { useSloSpenders } from '../useSlos';
import { spenderQueries } from './spenderQueries';

const DIMENSIONS: Record<SpenderDimension, string> = {
  source: 'By source',
  user: 'By user',
  table: 'By table',
  error: 'By error',
  resourceGroup: 'By resource group',
};

const useStyles = makeStyles(theme => ({
  list: {
    display: 'grid',
    gap: theme.spacing(1),
    margin: 0,
    padding: 0,
    listStyle: 'none',
    fontSize: theme.typography.body2.fontSize,
    fontVariantNumeric: 'tabular-nums',
  },
  row: {
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 1fr) 150px 110px',
    alignItems: 'center',
    gap: theme.spacing(0.25, 1.5),
  },
  name: { overflowWrap: 'anywhere' },
  number: { textAlign: 'right', whiteSpace: 'nowrap' },
  muted: { color: theme.palette.text.secondary },
}));

const Spenders = (props: {
  slo: SloView;
  data: SloSpenders;
  dimension: SpenderDimension;
  items: SloSpenders['dimensions'][number]['items'];
}) => {
  const { slo, data, dimension } = props;
  const classes = useStyles();
  const colors = useLakehouseColors();
  const queriesPath = useQueriesPath();
  return (
    <ul className={classes.list} aria-label={DIMENSIONS[dimension]}>
      {props.items.map(item => {
        const queries = spenderQueries({
          definition: slo.definition,
          range: data,
          dimension,
          item,
        });
        const path =
          queries && queriesPath(queries.connection, queries.filters);
        return (
          <li key={item.value ?? ' rest'} className={classes.row}>
            <span className={classes.name}>
              {path ? (
                <Link to={path} title="Show these queries">
                  {item.value}
                </Link>
              ) : (
                item.value ?? 'all others'
              )}
            </span>
            <span className={`${classes.number} ${classes.muted}`}>
              {formatNumberOf(Math.round(item.bad * 10) / 10, 'bad event')}
            </span>
            <span className={classes.number}>{formatShare(item.share)}</span>
            <span style={{ gridColumn: '1 / -1' }}>
              <ShareBar share={item.share} color={colors.accent} />
            </span>
          </li>
        );
      })}
    </ul>
  );
};

/** Who spent the budget of an SLO; each leads to the queries with which it did. */
export const SpendersDrawer = (props: {
  slo: SloView;
  url: Pick<SloUrl, 'at' | 'span'>;
  onClose: () => void;
}) => {
  const { slo } = props;
  const range = useStableRange(props.url);
  const spenders = useSloSpenders(slo.id, range);
  return (
    <SideDrawer
      open
      title={`What spent the budget of “${slo.title}”`}
      subtitle="Every bad event counts once in each list"
      onClose={props.onClose}
    >
      <ResourceView
        resource={spenders}
        what={`what spent the budget of ${slo.title}`}
        skeleton={<SkeletonRows rows={12} />}
      >
        {data => (
          <Stack>
            <Typography variant="body1">
              {sentenceOf(data)}{' '}
              <Typography
                variant="body2"
                color="textSecondary"
                component="span"
              >
                {formatClock(data.from)} – {formatClock(data.to)}
              </Typography>
            </Typography>
            {data.note && <EmptyNote text={data.note} />}
            {data.dimensions
              .filter(({ items }) => items.length > 0)
              .map(({ dimension, items }) => (
                <Section key={dimension} title={DIMENSIONS[dimension]} padded>
                  <Spenders
                    slo={slo}
                    data={data}
                    dimension={dimension}
                    items={items}
                  />
                </Section>
              ))}
          </Stack>
        )}
      </ResourceView>
    </SideDrawer>
  );
};

function sentenceOf(data: SloSpenders): string {
  return data.spent > 0
    ? `${formatShare(data.spent)} of the budget was spent in this time.`
    : 'Nothing of the budget was spent in this time.';
}
