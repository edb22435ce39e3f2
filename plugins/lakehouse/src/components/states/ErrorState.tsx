import Button from '@material-ui/core/Button';
import ErrorOutlineIcon from '@material-ui/icons/ErrorOutline';
import { NoticeBox } from './NoticeBox';

/** It could not be loaded and there is nothing older to show. */
export const ErrorState = (props: {
  what: string;
  message: string;
  onRetry: () => void;
}) => (
  <NoticeBox
    state="error"
    icon={<ErrorOutlineIcon />}
    title={`Could not load ${props.what}`}
    message={`${props.message} It is tried again by itself.`}
  >
    <Button size="small" variant="outlined" onClick={props.onRetry}>
      Try now
    </Button>
  </NoticeBox>
);
