import { Fragment } from 'react';
import {
  EntityDisplayName,
  EntityRefLink,
} from '@backstage/plugin-catalog-react';
import MuiLink from '@material-ui/core/Link';
import TableCell from '@material-ui/core/TableCell';
import TableRow from '@material-ui/core/TableRow';
import { makeStyles } from '@material-ui/core/styles';
import NotificationsOffIcon from '@material-ui/icons/NotificationsOffOutlined';
import type {
  SloList,
  SloSummary,
} from '@lakehouse-ops/plugin-lakehouse-common';
import { formatClock, formatCount } from '../../components/format';
import {
  ListTable,
  NoRowClick,
  RowLink,
  useTableStyles,
} from '../../components/layout';
import { StatusMark } from '../../components/status';
import { BudgetBar, BudgetSparkline } from '../figures';
import {
  formatAttainment,
  formatRemaining,
  formatTarget,
  formatWindow,
} from '../sloFormat';
import { SLO_PAGE_SIZE, SloGrouping } from './sloListState';

const COLUMNS = 6;

const useStyles = makeStyles(theme => ({
  group: {
    backgroundColor: theme.palette.action.hover,
    fontWeight: 600,
  },
  groupLink: { font: 'inherit', verticalAlign: 'baseline' },
  bar: { display: 'grid', gap: 3 },
  icon: { fontSize: '1rem', verticalAlign: 'text-bottom', marginLeft: 4 },
}));

const idOf = (slo: SloSummary) => slo.id;

const DATA_WORDS: Record<SloSummary['data'], string | undefined> = {
  measured: undefined,
  stale: 'not observed lately',
  'no-data': 'no data',
  backfilling: 'the past is being counted',
};

const SloCells = ({ slo }: { slo: SloSummary }) => {
  const classes = useStyles();
  const table = useTableStyles();
  return (
    <>
      <TableCell>
        <StatusMark status={slo.status} reason={slo.sentence} />
      </TableCell>
      <TableCell className={table.wrap}>
        <strong>{slo.title}</strong>
        {slo.silencedUntil && (
          <NotificationsOffIcon
            className={classes.icon}
            titleAccess={`Alerts silenced until ${formatClock(
              slo.silencedUntil,
            )}`}
          />
        )}
        <br />
        <span className={table.muted}>
          {slo.service} · {formatWindow(slo.window)}
          {DATA_WORDS[slo.data] && ` · ${DATA_WORDS[slo.data]}`}
          {firingOf(slo)}
        </span>
      </TableCell>
      <TableCell className={table.number}>
        {formatAttainment(slo.attainment, slo.target)}
        <br />
        <span className={table.muted}>of {formatTarget(slo.target)}</span>
      </TableCell>
      <TableCell>
        <div className={classes.bar}>
          <BudgetBar budget={slo.budget} status={slo.status} height={9} />
          <span>{formatRemaining(slo.budget?.remaining)}</span>
        </div>
      </TableCell>
      <TableCell>
        <BudgetSparkline points={slo.sparkline} />
      </TableCell>
      <TableCell className={table.clip}>
        {slo.owner ? (
          <NoRowClick>
            <EntityRefLink entityRef={slo.owner} defaultKind="group" />
          </NoRowClick>
        ) : (
          <span title="Its entity has no owner, or it belongs to none.">–</span>
        )}
      </TableCell>
    </>
  );
};

/** A page of SLOs, worst first; under the name of their group where they are grouped. */
export const SloTable = (props: {
  list: SloList;
  offset: number;
  listKey: string;
  group?: SloGrouping;
  openId?: string;
  onOpen: (id: string) => void;
  onGroup: (group: string) => void;
  onPage: (page: number) => void;
}) => {
  const { list, group } = props;
  const classes = useStyles();
  const items = group ? keptTogether(list.items, group) : list.items;
  const heads = group
    ? groupHeads({ ...list, items }, group)
    : new Map<string, GroupHead>();
  return (
    <ListTable
      label="SLOs"
      minWidth={940}
      page={{ items, total: list.total, offset: props.offset }}
      pageSize={SLO_PAGE_SIZE}
      listKey={props.listKey}
      idOf={idOf}
      openId={props.openId}
      onPage={props.onPage}
      head={
        <>
          <TableCell style={{ width: 112 }}>Status</TableCell>
          <TableCell>SLO</TableCell>
          <TableCell align="right" style={{ width: 112 }}>
            Attained
          </TableCell>
          <TableCell style={{ width: 190 }}>Budget</TableCell>
          <TableCell style={{ width: 124 }}>Over the window</TableCell>
          <TableCell style={{ width: 150 }}>Owner</TableCell>
        </>
      }
      row={(slo, place) => {
        const head = heads.get(slo.id);
        return (
          <Fragment key={place.id}>
            {head && (
              <TableRow>
                <TableCell
                  component="th"
                  scope="rowgroup"
                  role="rowheader"
                  colSpan={COLUMNS}
                  className={classes.group}
                >
                  {head.value ? (
                    <MuiLink
                      component="button"
                      type="button"
                      className={classes.groupLink}
                      title={`Only those of ${head.value}`}
                      onClick={() => head.value && props.onGroup(head.value)}
                    >
                      <EntityDisplayName
                        entityRef={head.value}
                        hideIcon
                        disableTooltip
                      />
                    </MuiLink>
                  ) : (
                    `No ${group}`
                  )}
                  <span>
                    {' '}
                    {head.count === undefined
                      ? `· ${formatCount(head.onPage)} on this page`
                      : `· ${formatCount(head.count)}`}
                  </span>
                </TableCell>
              </TableRow>
            )}
            <RowLink
              open={place.open}
              fresh={place.fresh}
              onOpen={() => props.onOpen(slo.id)}
            >
              <SloCells slo={slo} />
            </RowLink>
          </Fragment>
        );
      }}
    />
  );
};

function firingOf(slo: SloSummary): string {
  const firing = slo.burnRates.filter(({ state }) => state === 'firing');
  return firing.length > 0
    ? ` · firing: ${firing.map(({ condition }) => condition).join(', ')}`
    : '';
}

interface GroupHead {
  readonly value?: string;
  readonly onPage: number;
  /** Of all pages, where the backend tells it. */
  readonly count?: number;
}

/** The SLOs of a page with those of a group together; the group of the worst one first. */
export function keptTogether(
  slos: readonly SloSummary[],
  group: SloGrouping,
): SloSummary[] {
  const values = [...new Set(slos.map(slo => slo[group]))];
  return values.flatMap(value => slos.filter(slo => slo[group] === value));
}

/** The head of each group of a page, by the id of the first SLO under it. */
export function groupHeads(
  list: Pick<SloList, 'items' | 'facets'>,
  group: SloGrouping,
): Map<string, GroupHead> {
  const facets = group === 'owner' ? list.facets?.owners : list.facets?.systems;
  const heads = new Map<string, GroupHead>();
  list.items.forEach((slo, index) => {
    const value = slo[group];
    if (index > 0 && list.items[index - 1][group] === value) return;
    heads.set(slo.id, {
      value,
      onPage: list.items.filter(one => one[group] === value).length,
      count: facets?.find(facet => facet.value === value)?.count,
    });
  });
  return heads;
}
