import { EntityRefLink } from '@backstage/plugin-catalog-react';
import { ActionBar, SideDrawer, Stack } from '../../components/layout';
import {
  NotConfigured,
  ResourceView,
  SkeletonBox,
} from '../../components/states';
import { StatusMark } from '../../components/status';
import { useUrlState } from '../../url';
import { SloActions } from '../card/SloActions';
import { SloPanels } from '../card/SloPanels';
import { SloSummaryView } from '../card/SloSummaryView';
import { SloDetail } from '../detail/SloDetail';
import { FileProblems } from '../files/FileProblems';
import { panelPatch, readSloUrl } from '../sloUrl';
import { useSlo } from '../useSlos';

/** One SLO over the list that it is from. */
export const SloDrawer = (props: {
  id: string;
  title?: string;
  onClose: () => void;
  onChanged: () => void;
}) => {
  const slo = useSlo(props.id);
  const { params, update } = useUrlState();
  const url = readSloUrl(params);
  return (
    <SideDrawer
      open
      width={1080}
      title={slo.data?.title ?? props.title ?? props.id}
      subtitle="SLO"
      onClose={props.onClose}
    >
      <ResourceView
        resource={slo}
        what={`SLO ${props.id}`}
        skeleton={
          <Stack>
            <SkeletonBox height={160} />
            <SkeletonBox height={270} />
          </Stack>
        }
        notFound={message => (
          <NotConfigured
            title="This SLO is not known"
            message={`${message} Its definition was taken away or renamed since the link was made.`}
          />
        )}
      >
        {data => (
          <Stack>
            <ActionBar>
              <StatusMark status={data.status} size={13} />
              {data.entityRef && <EntityRefLink entityRef={data.entityRef} />}
            </ActionBar>
            <FileProblems
              files={data.file.problems.length > 0 ? [data.file] : []}
            />
            <SloSummaryView slo={data} />
            <SloActions
              slo={data}
              at={url.at}
              onPanel={panel => update(panelPatch(panel))}
              onChanged={() => {
                slo.refetch();
                props.onChanged();
              }}
            />
            <SloDetail
              slo={data}
              onChanged={() => {
                slo.refetch();
                props.onChanged();
              }}
            />
            <SloPanels
              slo={data}
              url={url}
              onClose={() => update(panelPatch(undefined))}
            />
          </Stack>
        )}
      </ResourceView>
    </SideDrawer>
  );
};
