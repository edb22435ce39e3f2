import type { ReactNode } from 'react';
import { CodeSnippet } from '@backstage/core-components';
import { makeStyles } from '@material-ui/core/styles';
import BuildIcon from '@material-ui/icons/BuildOutlined';
import { NoticeBox } from './NoticeBox';

const useStyles = makeStyles({ snippet: { width: '100%' } });

/** Something must be set up or corrected first: what to paste, and where. */
export const NotConfigured = (props: {
  title: string;
  message: string;
  snippet?: string;
  children?: ReactNode;
}) => {
  const classes = useStyles();
  return (
    <NoticeBox
      state="not-configured"
      icon={<BuildIcon />}
      title={props.title}
      message={props.message}
    >
      {props.snippet && (
        <div className={classes.snippet}>
          <CodeSnippet
            // Colours of the highlighter are too faint to read.
            language="text"
            text={props.snippet}
            showCopyCodeButton
          />
        </div>
      )}
      {props.children}
    </NoticeBox>
  );
};
