import type { ReactNode } from 'react';
import Tab from '@material-ui/core/Tab';
import Tabs from '@material-ui/core/Tabs';
import { makeStyles } from '@material-ui/core/styles';

const useStyles = makeStyles(theme => ({
  bar: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: theme.spacing(2),
  },
  tabs: { minHeight: 36, flexGrow: 1 },
  tab: {
    minHeight: 36,
    minWidth: 0,
    padding: theme.spacing(0.5, 2),
    // The app's theme lights the tab under the pointer up to white, in the dark too.
    '&:hover, &:focus': {
      color: theme.palette.text.primary,
      background: theme.palette.action.hover,
    },
  },
}));

/** The views of a page as tabs, with what is set for all of them beside. */
export const ViewTabs = <V extends string>(props: {
  label: string;
  views: ReadonlyArray<{ readonly name: V; readonly title: string }>;
  view: V | undefined;
  onView: (view: V) => void;
  children?: ReactNode;
}) => {
  const classes = useStyles();
  return (
    <div className={classes.bar}>
      <Tabs
        value={props.view ?? false}
        onChange={(_, next) => props.onView(next)}
        className={classes.tabs}
        indicatorColor="primary"
        variant="scrollable"
        scrollButtons="off"
        aria-label={props.label}
      >
        {props.views.map(({ name, title }) => (
          <Tab key={name} value={name} label={title} className={classes.tab} />
        ))}
      </Tabs>
      {props.children}
    </div>
  );
};
