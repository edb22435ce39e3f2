import useAsync from 'react-use/esm/useAsync';
import { Entity, RELATION_DEPENDS_ON } from '@backstage/catalog-model';
import { useApiHolder } from '@backstage/core-plugin-api';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import { isLakehouseEntity } from '@lakehouse-ops/plugin-lakehouse-common';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import { formatNumberOf } from '../components/format';
import { Section } from '../components/layout';
import { toLakehouseEntity } from '../links';
import { DependencyHealth } from './DependencyHealth';

/** More than these are not asked about: each is a call of its own. */
const MAX_SHOWN = 10;

const useStyles = makeStyles(theme => ({
  list: {
    display: 'grid',
    gap: theme.spacing(1),
    margin: 0,
    padding: 0,
    listStyle: 'none',
  },
  title: { marginTop: theme.spacing(1.5), marginBottom: theme.spacing(0.75) },
}));

/** Entities of a lakehouse that an entity depends on, as its relations tell. */
function useDependencies(entity: Entity) {
  const catalog = useApiHolder().get(catalogApiRef);
  const refs = (entity.relations ?? [])
    .filter(({ type }) => type === RELATION_DEPENDS_ON)
    .map(({ targetRef }) => targetRef);
  const { value } = useAsync(async () => {
    if (!catalog || refs.length === 0) return [];
    const { items } = await catalog.getEntitiesByRefs({
      entityRefs: refs,
      fields: ['apiVersion', 'kind', 'metadata', 'relations'],
    });
    return items
      .flatMap(item => (item && isLakehouseEntity(item) ? [item] : []))
      .map(toLakehouseEntity);
  }, [catalog, refs.join()]);
  return value ?? [];
}

/** How the parts of the lakehouse are that an entity depends on; nothing where it depends on none. */
export const DependsOn = (props: {
  entity: Entity;
  /** In a box of its own, not in one that is there already. */
  boxed?: boolean;
}) => {
  const classes = useStyles();
  const dependencies = useDependencies(props.entity);
  if (dependencies.length === 0) return null;
  const shown = dependencies.slice(0, MAX_SHOWN);
  const rest = dependencies.length - shown.length;
  const list = (
    <>
      <ul className={classes.list} aria-label="Depends on">
        {shown.map(dependency => (
          <DependencyHealth key={dependency.entityRef} {...dependency} />
        ))}
      </ul>
      {rest > 0 && (
        <Typography variant="caption" color="textSecondary">
          and {formatNumberOf(rest, 'more', 'more')}, not asked about here
        </Typography>
      )}
    </>
  );
  return props.boxed ? (
    <Section padded title="Depends on">
      {list}
    </Section>
  ) : (
    <div>
      <Typography variant="subtitle2" component="p" className={classes.title}>
        Depends on
      </Typography>
      {list}
    </div>
  );
};
