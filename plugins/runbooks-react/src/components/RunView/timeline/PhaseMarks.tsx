import { makeStyles } from '@material-ui/core/styles';
import type { RunStep } from '@lakehouse-ops/plugin-runbooks-common';
import { stateLook } from '../../labels/RunStateChip';
import { StatusShape } from '../../labels/StatusShape';
import { useVisuallyHidden } from '../../labels/useVisuallyHidden';

const WORDS: Record<NonNullable<RunStep['kind']>, string> = {
  check: 'check',
  execute: 'execute',
  verify: 'verify',
  manual: 'by hand',
  approval: 'approval',
};

const useStyles = makeStyles(theme => ({
  list: {
    display: 'inline-flex',
    flexWrap: 'wrap',
    columnGap: theme.spacing(1.5),
    listStyle: 'none',
    margin: 0,
    padding: 0,
    fontSize: theme.typography.pxToRem(12),
    color: theme.palette.text.secondary,
    '& li': { display: 'inline-flex', alignItems: 'center', gap: '0.4em' },
  },
}));

/** The phases of a step as small marks, each a shape and a word. */
export function PhaseMarks({ phases }: { phases: readonly RunStep[] }) {
  const classes = useStyles();
  const hidden = useVisuallyHidden();
  return (
    <ul className={classes.list} aria-label="Phases">
      {phases.map(({ id, kind, title, state, message }) => {
        const { shape, word } = stateLook(state);
        return (
          <li key={id} title={`${title}: ${message ?? word}`}>
            <StatusShape kind={shape} />
            {kind ? WORDS[kind] : title}
            <span className={hidden.root}>: {word}</span>
          </li>
        );
      })}
    </ul>
  );
}
