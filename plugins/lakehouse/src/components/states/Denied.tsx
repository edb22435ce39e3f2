import LockIcon from '@material-ui/icons/LockOutlined';
import { NoticeBox } from './NoticeBox';

/** The person may not see it. The message tells which permission, and whom to ask. */
export const Denied = (props: { what: string; message: string }) => (
  <NoticeBox
    state="denied"
    icon={<LockIcon />}
    title={`You may not see ${props.what}`}
    message={props.message}
  />
);
