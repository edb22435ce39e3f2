import { useEffect, useState } from 'react';
import { Entity, stringifyEntityRef } from '@backstage/catalog-model';
import { useEntity } from '@backstage/plugin-catalog-react';
import Button from '@material-ui/core/Button';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import {
  EntitySlos,
  SLO_ANNOTATION,
} from '@lakehouse-ops/plugin-lakehouse-common';
import { LakehouseResource } from '../../api';
import { LiveMark, Section, Stack } from '../../components/layout';
import {
  EmptyNote,
  NotConfigured,
  ResourceView,
  SkeletonBox,
} from '../../components/states';
import { StatusMark, worstHealth } from '../../components/status';
import { useUrlState } from '../../url';
import { SloCard } from '../card/SloCard';
import { SloPanels } from '../card/SloPanels';
import { CreateSloDrawer } from '../drawers/CreateSloDrawer';
import { FileProblems } from '../files/FileProblems';
import { HiddenSlos } from '../files/HiddenSlos';
import { openSloPatch, panelPatch, readSloUrl } from '../sloUrl';
import { sloCountsText } from '../sloWords';
import { useEntitySlos } from '../useSlos';

const useStyles = makeStyles(theme => ({
  head: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: theme.spacing(0.5, 1.5),
  },
  sentence: { flexGrow: 1 },
}));

const Slos = (props: {
  data: EntitySlos;
  resource: LakehouseResource<EntitySlos>;
  create: JSX.Element;
}) => {
  const { items } = props.data;
  const classes = useStyles();
  const { params, update } = useUrlState();
  const url = readSloUrl(params);
  // The one that a link opened; what is opened by hand stays where it is.
  const [linked] = useState(url.slo);
  const [scrolled, setScrolled] = useState(false);
  useEffect(() => setScrolled(true), []);
  const only = items.length === 1;
  const shown = items.find(({ id }) => id === url.slo);
  const panelOf = shown ?? (only ? items[0] : undefined);
  return (
    <>
      <div className={classes.head}>
        <StatusMark status={worstHealth(items.map(({ status }) => status))} />
        <Typography variant="body1" component="p" className={classes.sentence}>
          {sloCountsText(items)}
        </Typography>
        {props.create}
        <LiveMark resource={props.resource} />
      </div>
      {url.slo && !shown && (
        <Section>
          <EmptyNote
            text={`The SLO of this link (${url.slo}) is not among these: its definition was taken away, or you may not see it.`}
            action={
              <Button
                size="small"
                onClick={() => update(openSloPatch(undefined))}
              >
                Show all
              </Button>
            }
          />
        </Section>
      )}
      {items.map(slo => (
        <SloCard
          key={slo.id}
          slo={slo}
          open={only || slo.id === url.slo}
          linked={!only && !scrolled && slo.id === linked}
          at={slo.id === url.slo ? url.at : undefined}
          onToggle={
            only
              ? undefined
              : () =>
                  update(openSloPatch(slo.id === url.slo ? undefined : slo.id))
          }
          onPanel={panel =>
            update(
              slo.id === url.slo
                ? panelPatch(panel)
                : { ...openSloPatch(slo.id), ...panelPatch(panel) },
            )
          }
          onChanged={props.resource.refetch}
        />
      ))}
      {panelOf && (
        <SloPanels
          slo={panelOf}
          url={url}
          onClose={() => update(panelPatch(undefined))}
        />
      )}
    </>
  );
};

/** There is no SLO: because no file is named, or because none is in the file. */
const NoSlo = (props: {
  entity: Entity;
  data: EntitySlos;
  create: JSX.Element;
}) => {
  const { entity, data, create } = props;
  const named = entity.metadata.annotations?.[SLO_ANNOTATION];
  if (named === undefined && data.files.length === 0) {
    return (
      <NotConfigured
        title="No SLO file is named yet"
        message="An SLO says what this entity promises, such as “99.5 % of its queries end within 500 ms”. Let it be suggested from what was recorded, or name a file of OpenSLO, Sloth or Pyrra definitions in the entity's YAML:"
        snippet={[
          'metadata:',
          '  annotations:',
          `    ${SLO_ANNOTATION}: ./slos.yaml`,
        ].join('\n')}
      >
        {create}
      </NotConfigured>
    );
  }
  return (
    <EmptyNote
      text={
        data.files.some(({ problems }) => problems.length > 0)
          ? 'No SLO of this entity stands, because of the problems above.'
          : `There is no SLO in ${
              data.files.map(({ location }) => location).join(', ') || named
            } yet. A new file is read within a minute.`
      }
      action={create}
    />
  );
};

/**
 * The "SLOs" tab of an entity: what it promises, what is left of each budget,
 * what spent it, and when it is empty.
 *
 * @public
 */
export const EntitySloContent = () => {
  const { entity } = useEntity();
  const entityRef = stringifyEntityRef(entity);
  const slos = useEntitySlos(entityRef);
  const { params, update } = useUrlState();
  const creating = readSloUrl(params).panel === 'create';
  const create = (
    <Button
      size="small"
      variant="outlined"
      aria-haspopup="dialog"
      onClick={() => update(panelPatch('create'))}
    >
      Create SLO
    </Button>
  );
  return (
    <>
      <ResourceView
        resource={slos}
        what={`SLOs of ${entity.metadata.name}`}
        skeleton={
          <Stack>
            <SkeletonBox height={34} />
            <SkeletonBox height={230} />
            <SkeletonBox height={230} />
          </Stack>
        }
      >
        {data => (
          <Stack>
            <FileProblems files={data.files} />
            {data.items.length > 0 ? (
              <Slos data={data} resource={slos} create={create} />
            ) : (
              <Section>
                <NoSlo entity={entity} data={data} create={create} />
              </Section>
            )}
            <HiddenSlos hidden={data.hidden} />
          </Stack>
        )}
      </ResourceView>
      {creating && (
        <CreateSloDrawer
          entityRef={entityRef}
          name={entity.metadata.name}
          onClose={() => update(panelPatch(undefined))}
        />
      )}
    </>
  );
};
