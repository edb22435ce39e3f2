import { Fragment } from 'react';
import { makeStyles } from '@material-ui/core/styles';

const useStyles = makeStyles(theme => ({
  code: {
    padding: '0 0.3em',
    borderRadius: theme.shape.borderRadius,
    backgroundColor: theme.palette.action.hover,
    fontFamily: 'Menlo, Monaco, Consolas, monospace',
    fontSize: '0.9em',
    overflowWrap: 'anywhere',
  },
}));

/** A sentence in which names stand in backquotes, shown as code. */
export const CodeText = (props: { text: string }) => {
  const classes = useStyles();
  return (
    <>
      {props.text.split(/`([^`]+)`/).map((part, index) =>
        index % 2 === 1 ? (
          <code key={index} className={classes.code}>
            {part}
          </code>
        ) : (
          <Fragment key={index}>{part}</Fragment>
        ),
      )}
    </>
  );
};
