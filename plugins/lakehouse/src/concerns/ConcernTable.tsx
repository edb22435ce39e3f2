import { EntityRefLink } from '@backstage/plugin-catalog-react';
import { CodeText, RelativeTime } from '../components/format';
import { DataTable, NoRowClick, useTableStyles } from '../components/layout';
import { RunbookAction } from '../components/RunbookAction';
import { StatusMark } from '../components/status';
import { SubjectLink, SubjectOwner } from '../links';
import { SYSTEM_TITLES } from '../systems';
import type { Concern } from './Concern';
import { SuggestedForSubject } from './SuggestedForSubject';

const NO_OWNER = <span title="No entity can stand for it.">–</span>;

const ownerOf = (subject: Concern['subject']) =>
  subject ? <SubjectOwner subject={subject} /> : NO_OWNER;

/** What needs attention, each with its owner and what would help. */
export const ConcernTable = (props: {
  concerns: readonly Concern[];
  /** Tells one choice of them from another. */
  listKey?: string;
  onShow: (show: NonNullable<Concern['show']>) => void;
  onChanged: () => void;
}) => {
  const classes = useTableStyles();
  return (
    <DataTable
      label="Needs attention"
      minWidth={980}
      rows={props.concerns}
      listKey={props.listKey}
      idOf={({ id }) => id}
      onOpen={id => {
        const show = props.concerns.find(one => one.id === id)?.show;
        if (show) props.onShow(show);
      }}
      columns={[
        {
          id: 'status',
          title: 'Status',
          width: 108,
          cell: ({ status }) => <StatusMark status={status} />,
        },
        {
          id: 'what',
          title: 'What',
          width: 180,
          overflow: 'wrap',
          cell: ({ name, system, connection, subject, place }) => (
            <>
              <strong>
                {subject ? (
                  <SubjectLink subject={subject}>{name}</SubjectLink>
                ) : (
                  name
                )}
              </strong>
              <br />
              <span className={classes.muted}>
                {place ?? `${SYSTEM_TITLES[system]} · ${connection}`}
              </span>
            </>
          ),
        },
        {
          id: 'why',
          title: 'Why',
          overflow: 'wrap',
          cell: ({ text }) => <CodeText text={text} />,
        },
        {
          id: 'since',
          title: 'Since',
          width: 88,
          cell: ({ since }) => (since ? <RelativeTime time={since} /> : ''),
        },
        {
          id: 'owner',
          title: 'Owner',
          width: 124,
          overflow: 'clip',
          cell: ({ subject, owner }) =>
            owner ? (
              <NoRowClick>
                <EntityRefLink entityRef={owner} defaultKind="group" />
              </NoRowClick>
            ) : (
              ownerOf(subject)
            ),
        },
        {
          id: 'actions',
          title: 'Actions',
          actions: true,
          width: 244,
          cell: ({ action, suggestFor, subject }) =>
            (action && (
              <RunbookAction {...action} onRunEnded={props.onChanged} />
            )) ??
            (suggestFor && (
              <SuggestedForSubject
                context={suggestFor}
                subject={subject}
                onRunEnded={props.onChanged}
              />
            )),
        },
      ]}
    />
  );
};
