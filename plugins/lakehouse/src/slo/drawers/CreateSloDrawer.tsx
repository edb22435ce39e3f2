import { useState } from 'react';
import { CodeSnippet, Link } from '@backstage/core-components';
import Button from '@material-ui/core/Button';
import Typography from '@material-ui/core/Typography';
import type { SloProposal } from '@lakehouse-ops/plugin-lakehouse-common';
import { formatNumberOf } from '../../components/format';
import {
  ActionBar,
  FactGrid,
  Section,
  SideDrawer,
  Stack,
} from '../../components/layout';
import { EmptyNote, ResourceView, SkeletonRows } from '../../components/states';
import { StatusMark } from '../../components/status';
import { formatAttainment, formatInUnit, formatTarget } from '../sloFormat';
import { useSloProposals } from '../useSlos';
import { editedProposal } from './editedProposal';
import { ObjectiveSliders } from './ObjectiveSliders';

const Proposal = ({ proposal }: { proposal: SloProposal }) => {
  const [target, setTarget] = useState(proposal.target);
  const [threshold, setThreshold] = useState(proposal.threshold?.value);
  const [shown, setShown] = useState(false);
  const { yaml, pullRequestUrl, byHand } = editedProposal(proposal, {
    target,
    threshold,
  });
  const sameThreshold = threshold === proposal.threshold?.value;
  return (
    <Section title={proposal.title} padded>
      <Stack>
        <Typography variant="body2">{proposal.reason}</Typography>
        <FactGrid
          facts={[
            { name: 'Suggested', value: formatTarget(proposal.target) },
            {
              name: 'Attained',
              value: formatAttainment(proposal.attained, proposal.target),
            },
            ...(proposal.threshold
              ? [
                  {
                    name: 'Suggested threshold',
                    value: formatInUnit(
                      proposal.threshold.value,
                      proposal.threshold.unit,
                    ),
                  },
                ]
              : []),
            {
              name: 'Taken from',
              value: formatNumberOf(proposal.basedOnDays, 'day'),
            },
          ]}
        />
        <Button
          size="small"
          variant="outlined"
          aria-expanded={shown}
          style={{ justifySelf: 'start' }}
          onClick={() => setShown(!shown)}
        >
          {shown ? 'Close' : 'Use this'}
        </Button>
        {shown && (
          <>
            <ObjectiveSliders
              objective={proposal}
              target={target}
              threshold={threshold}
              onTarget={setTarget}
              onThreshold={setThreshold}
            />
            {proposal.attained !== undefined && sameThreshold && (
              <div>
                {proposal.attained >= target ? (
                  <StatusMark
                    status="healthy"
                    word="The last weeks would have met it"
                  />
                ) : (
                  <StatusMark
                    status="breached"
                    word="The last weeks would have missed it"
                  />
                )}
              </div>
            )}
            {byHand.length > 0 && (
              <Typography variant="body2" role="alert">
                Put these in by hand: {byHand.join(', ')}.
              </Typography>
            )}
            <Typography variant="body2">
              1. Put this into <code>{proposal.path}</code>:
            </Typography>
            <CodeSnippet language="text" text={yaml} showCopyCodeButton />
            {proposal.annotation && (
              <>
                <Typography variant="body2">
                  2. Let the entity name the file, in its own YAML:
                </Typography>
                <CodeSnippet
                  language="text"
                  text={`metadata:\n  annotations:\n    ${proposal.annotation}`}
                  showCopyCodeButton
                />
              </>
            )}
            {pullRequestUrl && (
              <ActionBar>
                <Link to={pullRequestUrl}>
                  Open a pull request with this file
                </Link>
              </ActionBar>
            )}
          </>
        )}
      </Stack>
    </Section>
  );
};

/** SLOs that the last weeks' data suggest, to be changed and taken into a file. */
export const CreateSloDrawer = (props: {
  entityRef: string;
  name: string;
  onClose: () => void;
}) => {
  const { entityRef, name } = props;
  const proposals = useSloProposals(entityRef);
  return (
    <SideDrawer
      open
      title={`Create an SLO of ${name}`}
      subtitle="Suggested by what was recorded; nothing is created until its file is merged"
      onClose={props.onClose}
    >
      <ResourceView
        resource={proposals}
        what={`proposals for ${name}`}
        skeleton={<SkeletonRows rows={10} />}
      >
        {({ items }) =>
          items.length > 0 ? (
            <Stack>
              {items.map(proposal => (
                <Proposal key={proposal.title} proposal={proposal} />
              ))}
            </Stack>
          ) : (
            <EmptyNote text="Too little was recorded of this entity to suggest anything. Come back when it has run for some days, or write an OpenSLO file by hand." />
          )
        }
      </ResourceView>
    </SideDrawer>
  );
};
