import type { ReactNode } from 'react';
import { EntityRefLink } from '@backstage/plugin-catalog-react';
import { NoRowClick } from '../components/layout';
import { findEntity, LakehouseSubject } from './subjects';
import { useLakehouseEntities } from './useLakehouseEntities';

/** Something by its name, as a link to its entity where the catalog has one. */
export const SubjectLink = (props: {
  subject: LakehouseSubject;
  children: ReactNode;
}) => {
  const entities = useLakehouseEntities();
  const found = entities && findEntity(entities, props.subject);
  return found ? (
    // In a row that opens on click, the link alone is followed.
    <NoRowClick>
      <EntityRefLink entityRef={found.entityRef}>
        {props.children}
      </EntityRefLink>
    </NoRowClick>
  ) : (
    <>{props.children}</>
  );
};
