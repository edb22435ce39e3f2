import { EntityRefLink } from '@backstage/plugin-catalog-react';
import { NOT_OBSERVED } from '../components/format';
import { NoRowClick } from '../components/layout';
import { findEntity, LakehouseSubject } from './subjects';
import { useLakehouseEntities } from './useLakehouseEntities';

/** Who owns the entity of something; a dash where the catalog has none. */
export const SubjectOwner = (props: { subject: LakehouseSubject }) => {
  const entities = useLakehouseEntities();
  const owner = entities && findEntity(entities, props.subject)?.owner;
  return owner ? (
    <NoRowClick>
      <EntityRefLink entityRef={owner} defaultKind="group" />
    </NoRowClick>
  ) : (
    <span title="The catalog has no entity with an owner for it.">
      {NOT_OBSERVED}
    </span>
  );
};
