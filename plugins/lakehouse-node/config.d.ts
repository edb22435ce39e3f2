import type { HumanDuration } from '@backstage/types';

export interface Config {
  lakehouse?: {
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
  };
}
