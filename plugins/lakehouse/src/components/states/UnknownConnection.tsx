import { NotConfigured } from './NotConfigured';

/** Something names a connection that there is not. */
export const UnknownConnection = (props: {
  connection: string;
  /** What the backend says, with those that it knows. */
  message: string;
  /** The annotation that names it. */
  annotation: string;
}) => (
  <NotConfigured
    title={`Connection '${props.connection}' is not known`}
    message={`${props.message} The annotation ${props.annotation} of this entity names the connection. Change the annotation in the entity's YAML file, or add the connection to the app's config.`}
  />
);
