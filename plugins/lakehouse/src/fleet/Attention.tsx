import { useState } from 'react';
import Button from '@material-ui/core/Button';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import type { LakehouseResource } from '../api';
import { Concerns, ConcernTable } from '../concerns';
import { formatCount, formatNumberOf } from '../components/format';
import { Section } from '../components/layout';
import { EmptyNote, ResourceView, SkeletonRows } from '../components/states';
import { useUrlState } from '../url';
import { fleetTabPatch } from './fleetTabs';

/** The worst come first: more is asked for. */
const SHOWN_AT_FIRST = 5;

const useStyles = makeStyles(theme => ({
  foot: { padding: theme.spacing(1, 2) },
}));

/** What needs attention across all systems, worst first. */
export const Attention = (props: { concerns: LakehouseResource<Concerns> }) => {
  const { concerns } = props;
  const classes = useStyles();
  const { update } = useUrlState();
  const [all, setAll] = useState(false);
  const total = concerns.data?.items.length;
  return (
    <Section
      title="Needs attention"
      note={total === undefined ? undefined : formatCount(total)}
    >
      <ResourceView
        resource={concerns}
        what="what needs attention"
        skeleton={<SkeletonRows rows={SHOWN_AT_FIRST} />}
      >
        {({ items, unseen }) => {
          const shown = all ? items : items.slice(0, SHOWN_AT_FIRST);
          const rest = items.length - shown.length;
          return (
            <>
              {items.length > 0 ? (
                <ConcernTable
                  concerns={shown}
                  listKey={all ? 'all' : 'worst'}
                  onShow={({ tab, open }) => update(fleetTabPatch(tab, open))}
                  onChanged={concerns.refetch}
                />
              ) : (
                <EmptyNote
                  text={
                    unseen.length > 0
                      ? 'Nothing that is known, but not everything could be looked at.'
                      : 'Nothing: all systems are as they should be.'
                  }
                />
              )}
              {(rest > 0 || unseen.length > 0) && (
                <div className={classes.foot}>
                  {rest > 0 && (
                    <Button size="small" onClick={() => setAll(true)}>
                      Show {formatNumberOf(rest, 'more', 'more')}
                    </Button>
                  )}
                  {byReason(unseen).map(({ reason, connections }) => (
                    <Typography
                      key={reason}
                      variant="caption"
                      color="textSecondary"
                      component="p"
                      role="note"
                    >
                      Not looked at: {connections.join(', ')}. {reason}
                    </Typography>
                  ))}
                </div>
              )}
            </>
          );
        }}
      </ResourceView>
    </Section>
  );
};

/** One sentence for all that can't be looked at for the same reason. */
function byReason(unseen: Concerns['unseen']) {
  const reasons = [...new Set(unseen.map(({ reason }) => reason))];
  return reasons.map(reason => ({
    reason,
    connections: unseen
      .filter(one => one.reason === reason)
      .map(({ connection }) => connection),
  }));
}
