import type { HumanDuration } from '@backstage/types';

export interface Config {
  lakehouse?: {
    kubernetes?: {
      /** The Kubernetes clusters whose workloads are looked at and acted on. */
      connections?: Array<{
        /** Names the connection in annotations and URLs: letters, digits, dots, underscores, dashes. */
        id: string;
        /** What people see; the id unless told. */
        title?: string;
        /** Where people look at the cluster, for links. */
        uiUrl?: string;
        /** The API server, for auth `token`; others tell it themselves. Needs https, except on loopback. */
        url?: string;
        auth: {
          /**
           * `kubeconfig`: a context of a kubeconfig file. `in-cluster`: the service account of the
           * pod that Backstage runs in. `token`: a token for `url`. `backstage`: a cluster of
           * Backstage's own Kubernetes plugin.
           */
          type: 'kubeconfig' | 'in-cluster' | 'token' | 'backstage';
          /** For kubeconfig: the file, read again when it changes. */
          file?: string;
          /** For kubeconfig: the context; the file's current one unless told. */
          context?: string;
          /**
           * For token; or tokenFile.
           * @visibility secret
           */
          token?: string;
          /** For token: a file that holds the token, read again when it changes. */
          tokenFile?: string;
          /** For backstage: name of a cluster under kubernetes.clusterLocatorMethods, which needs a serviceAccountToken. */
          cluster?: string;
        };
        /** PEM files, for auth `token`. */
        tls?: {
          /** The CA that signed the API server's certificate; the system's CAs unless told. */
          caFile?: string;
          /** Client certificate. */
          certFile?: string;
          /** Key of the client certificate. */
          keyFile?: string;
          /** The name that the certificate is issued for, where it is not the host of url. */
          serverName?: string;
        };
        /** Which workloads to look at; at most 50 entries. */
        workloads?: Array<{
          /** The connection of the system that they run, for example the id of a Trino connection. */
          of?: string;
          namespace: string;
          /** Labels, as kubectl's -l takes them; all workloads of the namespace unless told. */
          selector?: string;
          /** All three unless told. */
          kinds?: Array<'Deployment' | 'StatefulSet' | 'DaemonSet'>;
          /** Between which numbers of replicas people may scale them; not at all unless told. */
          scale?: {
            min: number;
            max: number;
          };
        }>;
        /** How long one HTTP request may take; 15 seconds unless told. */
        requestTimeout?: HumanDuration | string;
        /** Bytes of one answer; 16 MiB unless told. */
        maxResponseBytes?: number;
        /** Objects asked for at a time; 250 unless told. */
        pageSize?: number;
        /** Objects of one list, of all its pages together; 2,000 unless told. */
        maxItems?: number;
        /** How long it is trusted what the API server permits; 10 minutes unless told. */
        capabilitiesTtl?: HumanDuration | string;
        /** When requests are to fail at once instead of waiting for a server that does not answer. */
        breaker?: {
          /** After how many failures in a row; 5 unless told. */
          failures?: number;
          /** How long until it is asked again, at first; 5 seconds unless told. */
          reopenAfter?: HumanDuration | string;
        };
      }>;
    };
    redis?: {
      /** The Redis servers and clusters to look at and act on. Each needs one of url, sentinel and cluster. */
      connections?: Array<{
        /** Names the cache in annotations and URLs: letters, digits, dots, underscores, dashes. */
        id: string;
        /** What people see; the id unless told. */
        title?: string;
        /** One server: redis://host:6379, or rediss://host:6379 for TLS. */
        url?: string;
        /** Servers that Sentinels watch. */
        sentinel?: {
          /** What the Sentinels call the set of servers. */
          name: string;
          /** The Sentinels as host:port; port 26379 unless told. */
          nodes: string[];
          /** Of the Sentinels; no password unless told. */
          auth?: {
            user?: string;
            /** @visibility secret */
            password?: string;
            /** Read again at each connect. */
            passwordFile?: string;
          };
          /** Whether the Sentinels speak TLS; as the servers do unless told. */
          tls?: boolean;
        };
        /** A Redis Cluster. */
        cluster?: {
          /** Some of its nodes as host:port; the others are found through them. */
          nodes: string[];
        };
        /** Where people look at the cache, for links. */
        uiUrl?: string;
        auth?: {
          /** An ACL user; the server's default user unless told. */
          user?: string;
          /** @visibility secret */
          password?: string;
          /** A file that holds the password, read again at each connect. */
          passwordFile?: string;
        };
        /** PEM files, read again at each connect. An empty one, `tls: {}`, asks for TLS with the system's CAs. */
        tls?: {
          /** The CA that signed the servers' certificates; the system's CAs unless told. */
          caFile?: string;
          /** Client certificate. */
          certFile?: string;
          /** Key of the client certificate. */
          keyFile?: string;
          /** The name that the certificates are issued for, where it is not the host. */
          serverName?: string;
        };
        /** The database that is looked at; 0 unless told, and always in a cluster. */
        database?: number;
        /** Where nodes are reached from here, when they tell addresses that are not: behind NAT, in containers. */
        addresses?: Array<{
          /** host:port as the cluster or the Sentinels tell it. */
          told: string;
          /** host:port to connect to. */
          reached: string;
        }>;
        /** Prefixes of keys to tell figures of, before those that are found by themselves: `superset:chart:`. At most 200. */
        prefixes?: string[];
        /** What ends a part of a key, to find prefixes by; `:` and `/` unless told. */
        separators?: string[];
        /** Whose queries fill this cache, so that a stampede's cost in Trino can be told. */
        trinoSource?: {
          /** Id of the Trino connection. */
          connection: string;
          /** `source` of the queries. */
          source: string;
        };
        /** How long a connect may take; 5 seconds unless told. */
        connectTimeout?: HumanDuration | string;
        /** How long one command may take; 5 seconds unless told. */
        commandTimeout?: HumanDuration | string;
        /** Bytes of one answer; 8 MiB unless told. */
        maxReplyBytes?: number;
        /** How long it is trusted what the server offers and permits; 10 minutes unless told. */
        capabilitiesTtl?: HumanDuration | string;
        /** After a failed connect, how long requests fail at once until the next one, at first; 1 second unless told. */
        reconnectAfter?: HumanDuration | string;
      }>;
    };
    trino?: {
      /** The Trino clusters to look at and act on. Requests go to these addresses only. */
      connections?: Array<{
        /** Names the cluster in annotations and URLs: letters, digits, dots, underscores, dashes. */
        id: string;
        /** What people see; the id unless told. */
        title?: string;
        /** The coordinator, or the proxy or gateway before it, for example https://trino.example.com. */
        url: string;
        /** Where people look at the cluster, for links. */
        uiUrl?: string;
        /** The user that statements run as; auth.user unless told, needed with all other kinds of auth. */
        user?: string;
        /** Sent as `source` of all our statements, so that they are told from users' own; `lakehouse-ops` unless told. */
        source?: string;
        /** Added to the client tag `lakehouse-ops` of all our statements, for resource group selectors. */
        clientTags?: string[];
        auth?: {
          /** `none` unless told. All others need https. */
          type?: 'none' | 'basic' | 'jwt' | 'certificate';
          /** For basic. */
          user?: string;
          /**
           * For basic.
           * @visibility secret
           */
          password?: string;
          /**
           * For jwt; or tokenFile.
           * @visibility secret
           */
          token?: string;
          /** For jwt: a file that holds the token, read again when it changes. */
          tokenFile?: string;
        };
        /** PEM files, read again when they change. */
        tls?: {
          /** The CA that signed the server's certificate; the system's CAs unless told. */
          caFile?: string;
          /** Client certificate, for `certificate`. */
          certFile?: string;
          /** Key of the client certificate. */
          keyFile?: string;
          /** The name that the server's certificate is issued for, where it is not the host of url. */
          serverName?: string;
        };
        /**
         * Origins that Trino may write into its answers besides that of url, when a proxy
         * before it does not forward the address: http://trino:8080. Requests still go to url.
         */
        advertisedOrigins?: string[];
        /** How long a statement may take, queueing included, before it is ended; 5 minutes unless told. */
        statementTimeout?: HumanDuration | string;
        /** How long one HTTP request may take; 30 seconds unless told. */
        requestTimeout?: HumanDuration | string;
        /** Bytes of all answers to one statement together; 16 MiB unless told. */
        maxResponseBytes?: number;
        /** Bytes of the coordinator's list of queries; 32 MiB unless told. It grows with query.max-history of Trino. */
        queryListMaxBytes?: number;
        /** How long it is trusted what the server offers and permits; 10 minutes unless told. */
        capabilitiesTtl?: HumanDuration | string;
        /** When requests are to fail at once instead of waiting for a server that does not answer. */
        breaker?: {
          /** After how many failures in a row; 5 unless told. */
          failures?: number;
          /** How long until it is asked again, at first; 5 seconds unless told. */
          reopenAfter?: HumanDuration | string;
        };
      }>;
    };
    prometheus?: {
      /** The Prometheus servers to look at, or what speaks their API: Mimir, Thanos, VictoriaMetrics. Requests go to these addresses only. */
      connections?: Array<{
        /** Names the server in URLs: letters, digits, dots, underscores, dashes. */
        id: string;
        /** What people see; the id unless told. */
        title?: string;
        /** What /api/v1 stands below: https://prometheus.example.com, or https://mimir.example.com/prometheus. */
        url: string;
        /** Where people look at the server, for links. */
        uiUrl?: string;
        auth?: {
          /** `none` unless told. */
          type?: 'none' | 'basic' | 'bearer';
          /** For basic. */
          user?: string;
          /**
           * For basic.
           * @visibility secret
           */
          password?: string;
          /**
           * For bearer; or tokenFile.
           * @visibility secret
           */
          token?: string;
          /** For bearer: a file that holds the token, read again when it changes. */
          tokenFile?: string;
        };
        /** Which tenant to ask, for servers with several. */
        tenant?: {
          /** `X-Scope-OrgID` unless told, as Mimir; `THANOS-TENANT` for Thanos. */
          header?: string;
          value: string;
        };
        /** PEM files, read again when they change. */
        tls?: {
          /** The CA that signed the server's certificate; the system's CAs unless told. */
          caFile?: string;
          /** Client certificate. */
          certFile?: string;
          /** Key of the client certificate. */
          keyFile?: string;
          /** The name that the server's certificate is issued for, where it is not the host of url. */
          serverName?: string;
        };
        /** How long one HTTP request may take; 15 seconds unless told. */
        requestTimeout?: HumanDuration | string;
        /** Bytes of one answer; 8 MiB unless told. */
        maxResponseBytes?: number;
        /** Series of one answer; 500 unless told. */
        maxSeries?: number;
        /** Points of each series of a range query; 1,000 unless told, at most 11,000. */
        maxPoints?: number;
        /** How long it is trusted what the server offers; 10 minutes unless told. */
        capabilitiesTtl?: HumanDuration | string;
        /** When requests are to fail at once instead of waiting for a server that does not answer. */
        breaker?: {
          /** After how many failures in a row; 5 unless told. */
          failures?: number;
          /** How long until it is asked again, at first; 5 seconds unless told. */
          reopenAfter?: HumanDuration | string;
        };
      }>;
    };
    trinoGateway?: {
      /** The Trino Gateways to look at and act on. Requests go to these addresses only. */
      connections?: Array<{
        /** Names the gateway in URLs: letters, digits, dots, underscores, dashes. */
        id: string;
        /** What people see; the id unless told. */
        title?: string;
        /** The gateway, for example https://trino-gateway.example.com. */
        url: string;
        /** Where people look at the gateway, for links. */
        uiUrl?: string;
        auth?: {
          /** How to log in; `none` unless told. */
          type?: 'none' | 'basic' | 'form';
          /** For basic and form. */
          user?: string;
          /**
           * For basic and form.
           * @visibility secret
           */
          password?: string;
        };
        /** `routing.defaultRoutingGroup` of the gateway, which its API does not tell; `adhoc` unless told, as in Gateway itself. */
        defaultRoutingGroup?: string;
        /** `clusterStatsConfiguration.monitorType` of the gateway, which its API does not tell; `INFO_API` unless told, as in Gateway itself. NOOP tells no health, NOOP and INFO_API no counts. */
        monitorType?:
          | 'NOOP'
          | 'INFO_API'
          | 'UI_API'
          | 'JDBC'
          | 'JMX'
          | 'METRICS';
        /** Which Trino connection a backend is, where the gateway and we reach it by different urls. */
        backends?: Array<{
          /** The backend's name in the gateway. */
          name: string;
          /** Id of the Trino connection. */
          trino: string;
        }>;
        /** PEM files, read again when they change. */
        tls?: {
          /** The CA that signed the server's certificate; the system's CAs unless told. */
          caFile?: string;
          /** Client certificate. */
          certFile?: string;
          /** Key of the client certificate. */
          keyFile?: string;
          /** The name that the server's certificate is issued for, where it is not the host of url. */
          serverName?: string;
        };
        /** How long one HTTP request may take; 15 seconds unless told. */
        requestTimeout?: HumanDuration | string;
        /** Bytes of one answer; 16 MiB unless told. */
        maxResponseBytes?: number;
        /** How long it is trusted what the gateway permits; 10 minutes unless told. */
        capabilitiesTtl?: HumanDuration | string;
        /** When requests are to fail at once instead of waiting for a gateway that does not answer. */
        breaker?: {
          /** After how many failures in a row; 5 unless told. */
          failures?: number;
          /** How long until it is asked again, at first; 5 seconds unless told. */
          reopenAfter?: HumanDuration | string;
        };
      }>;
    };
    superset?: {
      /** The Supersets to look at and act on. Requests go to these addresses only. */
      connections?: Array<{
        /** Names the Superset in annotations and URLs: letters, digits, dots, underscores, dashes. */
        id: string;
        /** What people see; the id unless told. */
        title?: string;
        /** Where Superset is, for example https://superset.example.com. */
        url: string;
        /** Where people look at it, for links; no links unless told. */
        uiUrl?: string;
        /** An account of Superset's, by password or by an API key. */
        auth: {
          user?: string;
          /** @visibility secret */
          password?: string;
          /** Who checks the password; `db` unless told. */
          provider?: 'db' | 'ldap';
          /**
           * Instead of user and password, for versions that make such keys.
           * @visibility secret
           */
          apiKey?: string;
        };
        /** PEM files, read again when they change. */
        tls?: {
          /** The CA that signed the server's certificate; the system's CAs unless told. */
          caFile?: string;
          /** Client certificate. */
          certFile?: string;
          /** Key of the client certificate. */
          keyFile?: string;
          /** The name that the server's certificate is issued for, where it is not the host of url. */
          serverName?: string;
        };
        /** Which Trino clusters Superset's databases are: so that a table shows the dashboards that read it. */
        databases?: Array<{
          /** As Superset names the database. */
          name: string;
          /** Id of the Trino connection. */
          trino: string;
          /** The catalog of datasets that name none. */
          catalog?: string;
        }>;
        /** How long one HTTP request may take; 30 seconds unless told. */
        requestTimeout?: HumanDuration | string;
        /** How long a request may take for which Superset computes a chart; 5 minutes unless told. */
        chartTimeout?: HumanDuration | string;
        /** Bytes of one answer; 16 MiB unless told. */
        maxResponseBytes?: number;
        /** Dashboards, charts, datasets or alerts that are read, each; 5,000 unless told. */
        maxObjects?: number;
        /** How long it is trusted what the server offers and permits; 10 minutes unless told. */
        capabilitiesTtl?: HumanDuration | string;
        /** When requests are to fail at once instead of waiting for a server that does not answer. */
        breaker?: {
          /** After how many failures in a row; 5 unless told. */
          failures?: number;
          /** How long until it is asked again, at first; 5 seconds unless told. */
          reopenAfter?: HumanDuration | string;
        };
      }>;
    };
  };
}
