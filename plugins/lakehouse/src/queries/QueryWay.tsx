import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import type { ConnectionView } from '@lakehouse-ops/plugin-lakehouse-common';
import { useGatewayRoute } from '../gateway';

const useStyles = makeStyles(theme => ({
  way: { marginTop: theme.spacing(1.5) },
}));

const Way = (props: { text: string }) => (
  <Typography variant="body2" color="textSecondary" className={useStyles().way}>
    {props.text}
  </Typography>
);

/** Which gateway a query came through, and where it was sent; nothing where there is no gateway. */
export const QueryWay = (props: {
  connection: string;
  queryId: string;
  connections: readonly ConnectionView[];
}) => {
  const { data } = useGatewayRoute({
    trino: props.connection,
    queryId: props.queryId,
    connections: props.connections,
  });
  if (!data) return null;
  const { found, unasked } = data;
  if (found) {
    const { gateway, route } = found;
    const { usedGroup, requestedGroup, backend, backendUrl } = route;
    const parts = [
      `Came through gateway ${gateway.title}`,
      usedGroup && `group ${usedGroup}`,
      `backend ${backend ?? backendUrl}`,
    ];
    return (
      <Way
        text={`${parts.filter(Boolean).join(', ')}.${
          route.diverted && requestedGroup
            ? ` It asked for group ${requestedGroup}.`
            : ''
        }`}
      />
    );
  }
  return (
    <Way
      text={
        unasked.length > 0
          ? `Whether it came through a gateway is not known. ${unasked
              .map(({ gateway, reason }) => `${gateway}: ${reason}`)
              .join(' ')}`
          : 'No gateway tells of it: it came to Trino directly, or it is too long ago.'
      }
    />
  );
};
