import Button from '@material-ui/core/Button';
import ErrorOutlineIcon from '@material-ui/icons/ErrorOutline';
import { NoticeBox } from './NoticeBox';

const asSentence = (text: string) => (/[.!?…]$/.test(text) ? text : `${text}.`);

/** It could not be loaded and there is nothing older to show. Without `onRetry` it would be refused again. */
export const ErrorState = (props: {
  what: string;
  message: string;
  onRetry?: () => void;
}) => (
  <NoticeBox
    state="error"
    icon={<ErrorOutlineIcon />}
    title={
      props.onRetry
        ? `Could not load ${props.what}`
        : `There can be no ${props.what}`
    }
    message={
      props.onRetry
        ? `${asSentence(props.message)} It is tried again by itself.`
        : asSentence(props.message)
    }
  >
    {props.onRetry && (
      <Button size="small" variant="outlined" onClick={props.onRetry}>
        Try now
      </Button>
    )}
  </NoticeBox>
);
