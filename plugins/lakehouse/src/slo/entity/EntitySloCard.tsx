import { stringifyEntityRef } from '@backstage/catalog-model';
import { InfoCard, Link } from '@backstage/core-components';
import { useRouteRef } from '@backstage/core-plugin-api';
import {
  entityRouteParams,
  entityRouteRef,
  useEntity,
} from '@backstage/plugin-catalog-react';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import type {
  SloList,
  SloSummary,
} from '@lakehouse-ops/plugin-lakehouse-common';
import { EmptyNote, ResourceView, SkeletonBox } from '../../components/states';
import { StatusMark } from '../../components/status';
import { BudgetBar } from '../figures';
import { HiddenSlos } from '../files/HiddenSlos';
import { formatRemaining } from '../sloFormat';
import { sentenceCase, slosClause } from '../sloWords';
import { useSloList } from '../useSlos';
import { sloPath } from './sloPath';

/** The worst ones; the tab has all. */
const SHOWN = 3;

const useStyles = makeStyles(theme => ({
  root: {
    display: 'grid',
    gap: theme.spacing(1.5),
    fontFamily: theme.typography.fontFamily,
  },
  list: {
    display: 'grid',
    gap: theme.spacing(1.25),
    margin: 0,
    padding: 0,
    listStyle: 'none',
    fontSize: theme.typography.body2.fontSize,
  },
  row: {
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 1fr) auto',
    gap: theme.spacing(0.5, 1),
    overflowWrap: 'anywhere',
    fontVariantNumeric: 'tabular-nums',
  },
  bar: { gridColumn: '1 / -1' },
}));

const WorstSlo = (props: { slo: SloSummary; entityPath: string }) => {
  const { slo, entityPath } = props;
  const classes = useStyles();
  return (
    <li className={classes.row}>
      <Link to={sloPath(entityPath, { slo: slo.id })}>{slo.title}</Link>
      <StatusMark
        status={slo.status}
        word={formatRemaining(slo.budget?.remaining)}
        reason={slo.sentence}
      />
      <span className={classes.bar}>
        <BudgetBar budget={slo.budget} status={slo.status} height={8} />
      </span>
    </li>
  );
};

const Worst = (props: { list: SloList; entityPath: string }) => {
  const { list, entityPath } = props;
  const classes = useStyles();
  const clause = slosClause(list);
  if (!clause) {
    return (
      <>
        <EmptyNote
          text={
            list.problems.length > 0
              ? 'No SLO stands: its file has problems.'
              : 'No SLO yet: nothing is promised.'
          }
          action={
            <Link to={sloPath(entityPath, { show: 'create' })}>Create one</Link>
          }
        />
        <HiddenSlos hidden={list.hidden} />
      </>
    );
  }
  return (
    <div className={classes.root}>
      <StatusMark status={clause.status} size={13} />
      <Typography variant="body1">{sentenceCase(clause.text)}</Typography>
      <ul className={classes.list} aria-label="Worst SLOs">
        {list.items.map(slo => (
          <WorstSlo key={slo.id} slo={slo} entityPath={entityPath} />
        ))}
      </ul>
      <HiddenSlos hidden={list.hidden} />
    </div>
  );
};

/**
 * An overview card: how the SLOs of an entity are, the budgets of the worst
 * three, and a link to the SLO tab.
 *
 * @public
 */
export const EntitySloCard = () => {
  const { entity } = useEntity();
  const entityPath = useRouteRef(entityRouteRef);
  const entityRef = stringifyEntityRef(entity);
  const slos = useSloList({ entityRef, limit: SHOWN });
  const path = entityPath(entityRouteParams(entity, { encodeParams: true }));
  return (
    <InfoCard
      title="SLOs"
      deepLink={{ title: 'All SLOs', link: sloPath(path) }}
    >
      <ResourceView
        resource={slos}
        what={`SLOs of ${entity.metadata.name}`}
        skeleton={<SkeletonBox height={140} />}
      >
        {list => <Worst list={list} entityPath={path} />}
      </ResourceView>
    </InfoCard>
  );
};
