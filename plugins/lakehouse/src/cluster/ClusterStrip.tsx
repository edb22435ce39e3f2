import type { ClusterView } from '@lakehouse-ops/plugin-lakehouse-common';
import type { LakehouseResource } from '../api';
import { Columns } from '../components/layout';
import { ResourceView, SkeletonBox } from '../components/states';
import { ClusterFigures } from './ClusterFigures';

/** A cluster's figures alone, above something that lives on it. */
export const ClusterStrip = (props: {
  connection: string;
  cluster: LakehouseResource<ClusterView>;
}) => (
  <ResourceView
    resource={props.cluster}
    what={`cluster ${props.connection}`}
    skeleton={
      <Columns minWidth={200}>
        {[1, 2, 3].map(figure => (
          <SkeletonBox key={figure} height={104} />
        ))}
      </Columns>
    }
  >
    {view => <ClusterFigures view={view} />}
  </ResourceView>
);
