import { makeStyles } from '@material-ui/core/styles';

/** The look of all dense tables. */
export const useTableStyles = makeStyles(theme => ({
  scroll: { overflowX: 'auto' },
  table: {
    fontVariantNumeric: 'tabular-nums',
    '& th, & td': {
      padding: theme.spacing(0.75, 1),
      fontSize: '0.8125rem',
      lineHeight: 1.35,
      // The core theme breaks words anywhere.
      wordBreak: 'normal',
    },
    '& th:first-child, & td:first-child': { paddingLeft: theme.spacing(2) },
    '& th:last-child, & td:last-child': { paddingRight: theme.spacing(2) },
    '& thead th': {
      color: theme.palette.text.secondary,
      fontWeight: 500,
      // The core theme shouts in table heads.
      textTransform: 'none',
      whiteSpace: 'nowrap',
      backgroundColor: 'transparent',
    },
    '& tbody tr:last-child td': { borderBottom: 'none' },
  },
  fixed: { tableLayout: 'fixed' },
  row: {
    cursor: 'pointer',
    '&:hover, &:focus-visible': {
      backgroundColor: theme.palette.action.hover,
    },
    '&:focus-visible': {
      outline: `2px solid ${theme.palette.primary.main}`,
      outlineOffset: -2,
    },
  },
  open: { backgroundColor: theme.palette.action.selected },
  fresh: {
    '@media (prefers-reduced-motion: no-preference)': {
      animation: '$flash 1.6s ease-out 1',
    },
  },
  '@keyframes flash': {
    from: { backgroundColor: theme.palette.action.focus },
    to: { backgroundColor: 'transparent' },
  },
  clip: {
    overflow: 'hidden',
    textOverflow: 'ellipsis',
    whiteSpace: 'nowrap',
  },
  wrap: { overflowWrap: 'anywhere' },
  beside: {
    display: 'inline-flex',
    alignItems: 'center',
    gap: theme.spacing(1),
  },
  number: { textAlign: 'right', whiteSpace: 'nowrap' },
  // Buttons in rows keep to one line.
  actions: { textAlign: 'right', '& button': { whiteSpace: 'nowrap' } },
  muted: { color: theme.palette.text.secondary },
}));
