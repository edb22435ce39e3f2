import Button from '@material-ui/core/Button';
import type { SloList } from '@lakehouse-ops/plugin-lakehouse-common';
import { Section, Stack } from '../../components/layout';
import {
  EmptyNote,
  NotConfigured,
  ResourceView,
  SkeletonRows,
} from '../../components/states';
import { useUrlState } from '../../url';
import { FileProblems } from '../files/FileProblems';
import { HiddenSlos } from '../files/HiddenSlos';
import { openSloPatch, readSloUrl } from '../sloUrl';
import { useSloList } from '../useSlos';
import { SloDrawer } from './SloDrawer';
import { SloFilters } from './SloFilters';
import {
  isUnfiltered,
  readSloListState,
  sloListRequest,
  SloListState,
} from './sloListState';
import { SloTable } from './SloTable';

const FIRST_SLO = [
  'metadata:',
  '  annotations:',
  '    lakehouse-ops.io/slo: ./slos.yaml',
].join('\n');

const NO_FILTERS = {
  status: undefined,
  owner: undefined,
  system: undefined,
  text: undefined,
  page: undefined,
};

/** Nothing to list: nothing matches, the page is past the end, or there is no SLO at all. */
const NoSlos = (props: {
  state: SloListState;
  list: SloList;
  onClear: () => void;
  onFirst: () => void;
}) => {
  const { state, list } = props;
  if (list.total > 0) {
    return (
      <EmptyNote
        text="This page is past the end of the list."
        action={
          <Button size="small" onClick={props.onFirst}>
            To the first page
          </Button>
        }
      />
    );
  }
  if (!isUnfiltered(state)) {
    return (
      <EmptyNote
        text="No SLO matches these filters."
        action={
          <Button size="small" onClick={props.onClear}>
            Clear filters
          </Button>
        }
      />
    );
  }
  return list.hidden > 0 ? (
    <EmptyNote text="There is no SLO that you may see." />
  ) : (
    <NotConfigured
      title="Nobody has promised anything yet"
      message="Let an entity name a file of OpenSLO, Sloth or Pyrra definitions; its SLOs tab suggests some from what was recorded."
      snippet={FIRST_SLO}
    />
  );
};

/** All SLOs that the viewer may see: filtered, grouped and paged by the backend, worst first. */
export const SlosSection = () => {
  const { params, update } = useUrlState();
  const state = readSloListState(params);
  const url = readSloUrl(params);
  const request = sloListRequest(state);
  const slos = useSloList(request);
  return (
    <Stack>
      <FileProblems files={slos.data?.problems ?? []} />
      <Section>
        <SloFilters state={state} list={slos.data} onChange={update} />
        <ResourceView
          resource={slos}
          what="SLOs"
          skeleton={<SkeletonRows rows={12} />}
        >
          {list =>
            list.items.length === 0 ? (
              <NoSlos
                state={state}
                list={list}
                onClear={() => update(NO_FILTERS)}
                onFirst={() => update({ page: undefined })}
              />
            ) : (
              <SloTable
                list={list}
                offset={request.offset ?? 0}
                listKey={JSON.stringify(request)}
                group={state.group}
                openId={url.slo}
                onOpen={id => update(openSloPatch(id))}
                onGroup={value =>
                  state.group &&
                  update({
                    [state.group]: value,
                    group: undefined,
                    page: undefined,
                  })
                }
                onPage={page =>
                  update({ page: page > 0 ? String(page + 1) : undefined })
                }
              />
            )
          }
        </ResourceView>
      </Section>
      <HiddenSlos hidden={slos.data?.hidden ?? 0} />
      {url.slo && (
        <SloDrawer
          key={url.slo}
          id={url.slo}
          title={slos.data?.items.find(({ id }) => id === url.slo)?.title}
          onClose={() => update(openSloPatch(undefined))}
          onChanged={slos.refetch}
        />
      )}
    </Stack>
  );
};
