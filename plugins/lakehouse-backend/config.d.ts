import type { SchedulerServiceTaskScheduleDefinitionConfig } from '@backstage/backend-plugin-api';
import type { HumanDuration } from '@backstage/types';

export interface Config {
  lakehouse?: {
    /** Events that Trino's HTTP event listener pushes to us. */
    ingest?: {
      /** Largest body of one event that is taken; 16 MiB unless told. */
      maxBodyBytes?: number;
      /** Bodies that are being received at a time, in bytes; 64 MiB unless told. Beyond it Trino is asked to try again. */
      maxBytesInFlight?: number;
      /** Events that are being received or wait for their commit; 5,000 unless told. Beyond it Trino is asked to try again. */
      maxEvents?: number;
    };
    queryText?: {
      /** Characters of a query's text that are stored; 10,000 unless told. Secrets are masked first. */
      maxLength?: number;
    };
    /** What is asked of the clusters, and how often. */
    collectors?: {
      /** Running and recent queries. */
      queries?: {
        /** Every 3 seconds unless told. */
        schedule?: SchedulerServiceTaskScheduleDefinitionConfig;
        /** How often the whole list is read, to find what the event listener did not tell; 30 seconds unless told. */
        fullListEvery?: HumanDuration | string;
        /** Queries that are looked up one by one at a round; 20 unless told. */
        maxLookups?: number;
      };
      /** Memory, nodes and resource groups. */
      cluster?: {
        /** Every 10 seconds unless told. */
        schedule?: SchedulerServiceTaskScheduleDefinitionConfig;
      };
      /** What runs the systems on Kubernetes. */
      workloads?: {
        /** Every 15 seconds unless told. */
        schedule?: SchedulerServiceTaskScheduleDefinitionConfig;
        /** Workloads of one connection that are looked at; 100 unless told, at most 1,000. */
        maxWorkloads?: number;
      };
      /** Backends of Trino Gateways, and the ways that queries took. */
      gateway?: {
        /** Every 10 seconds unless told. */
        schedule?: SchedulerServiceTaskScheduleDefinitionConfig;
        /** Ways of queries that are read at a round; 1,000 unless told, at most 5,000. Beyond it the oldest are missed. */
        maxRoutes?: number;
      };
      /** Alerts and scrape targets of Prometheus servers. */
      metrics?: {
        /** Every 15 seconds unless told. */
        schedule?: SchedulerServiceTaskScheduleDefinitionConfig;
        /** Alerts of one server that are kept, those that fire first; 500 unless told. */
        maxAlerts?: number;
        /** Scrape targets of one server that are kept, those that are down first; 500 unless told. */
        maxTargets?: number;
      };
      /** Superset's dashboards, charts and alerts. */
      dashboards?: {
        /** Instead of what is usual: alerts every 15 seconds, dashboards every minute. */
        schedule?: SchedulerServiceTaskScheduleDefinitionConfig;
        /**
         * Which charts are asked whether they are cached: none, a few at each round, or all;
         * `off` unless told. Asking about a chart that is not cached runs its query.
         */
        chartCache?: 'off' | 'sample' | 'all';
        /** How many at each round, with `sample`; 5 unless told. */
        chartCacheSample?: number;
        /** How long a chart that was not cached is not asked again; an hour unless told. */
        chartCacheRecheck?: HumanDuration | string;
        /** Alerts whose page and log are read at a round; 50 unless told. */
        maxAlertDetails?: number;
        /** All lists are read again after so long although nothing seems to have changed; 30 minutes unless told. */
        refreshAfter?: HumanDuration | string;
      };
      /** Figures of caches. */
      cache?: {
        /** Every 10 seconds unless told. */
        schedule?: SchedulerServiceTaskScheduleDefinitionConfig;
        /** Which keys there are, by prefix. */
        keyspace?: {
          /** How often a part of the keys is looked at; a minute unless told. */
          every?: HumanDuration | string;
          /** How long that may take; 15 seconds unless told, at most 25. */
          timeBudget?: HumanDuration | string;
          /** Keys that are looked at each time; 50,000 unless told. */
          maxKeys?: number;
          /** Size is asked of one in so many keys; 20 unless told. */
          memoryOneIn?: number;
        };
        /** Many who ask for the same at once. */
        stampedes?: {
          /** How often what was told is searched for them; 10 seconds unless told. */
          every?: HumanDuration | string;
          /** So many concurrent misses of one key are one; 5 unless told. */
          concurrentMisses?: number;
        };
      };
      /** Health of Iceberg and Delta tables. */
      tables?: {
        /** Every 2 minutes unless told. */
        schedule?: SchedulerServiceTaskScheduleDefinitionConfig;
        /** Statements that a sweep runs at a time; 4 unless told. */
        concurrency?: number;
        /** After so long a sweep starts no further table, the rest comes first in the next; 5 minutes unless told. */
        timeBudget?: HumanDuration | string;
        /** Patterns of `catalog.schema.table` with `*` and `?`; all tables unless told. */
        include?: string[];
        /** Patterns of tables to leave out. */
        exclude?: string[];
        /** Tables that are looked at; 2,000 unless told. */
        maxTables?: number;
        /** A file under this size counts as small; 32 MiB unless told. */
        smallFileBytes?: number;
        /** How long a list of the catalogs' tables is used; 10 minutes unless told. */
        discoverEvery?: HumanDuration | string;
        /** Facts are read again after so long although nothing seems to have changed; a day unless told. */
        refreshAfter?: HumanDuration | string;
        /** Limit of each statement; a minute unless told. */
        statementTimeout?: HumanDuration | string;
      };
    };
    /** Ways to where more is known, for example a dashboard in Grafana or a trace in Jaeger. */
    links?: Array<{
      /** What the link is called. */
      title: string;
      /** What the link stands on. */
      on: 'cluster' | 'query' | 'cache' | 'workload';
      /**
       * An http or https URL with placeholders after its host: {connection}, {from}, {to} (ISO times), {fromMs}
       * and {toMs}; of queries {queryId}, {user}, {source} and {traceId} too; of workloads {namespace} and {name}.
       * A link that needs what is not known is not shown. Everybody who sees the object sees the link.
       */
      url: string;
    }>;
    /** Service level objectives. */
    slo?: {
      /** Files of definitions beside those that entities name by the annotation `lakehouse-ops.io/slo`. */
      locations?: Array<{
        /** A URL that the backend may read, or a path from the folder it runs in. */
        target: string;
        /** Entity that its SLOs belong to, as `kind:namespace/name`. */
        entity?: string;
        /** Prometheus connection of what names none, as files of Sloth and Pyrra. */
        connection?: string;
      }>;
      /** Looks at the files. */
      definitions?: {
        /** Every minute unless told. */
        frequency?: HumanDuration | string;
      };
      /** Counts what is looked at once a minute, and corrects the newest minutes. */
      counting?: {
        /** Every 20 seconds unless told. */
        frequency?: HumanDuration | string;
      };
      /** Judges budgets and alerts. */
      evaluation?: {
        /** Every 15 seconds unless told. */
        frequency?: HumanDuration | string;
      };
      /** How long counts by hour and day, alerts and their deliveries are kept; 400 days unless told. */
      retentionDays?: number;
      /** Where alerts can be sent beside the owner and the people on call. Nothing else is ever sent to. */
      notificationTargets?: {
        [name: string]:
          | {
              type: 'webhook';
              /** https, or http on this machine. */
              url: string;
              /** Allows http elsewhere, where the network is trusted. */
              allowPlainHttp?: boolean;
              /**
               * Signs each message; at least 16 characters.
               *
               * @visibility secret
               */
              secret: string;
            }
          | {
              type: 'alertmanager';
              /** Of the Alertmanager, without `/api/v2`. */
              url: string;
              /** Allows http elsewhere, where the network is trusted. */
              allowPlainHttp?: boolean;
              /**
               * Bearer token.
               *
               * @visibility secret
               */
              token?: string;
            };
      };
    };
    /** How long observations are kept. */
    retention?: {
      /** Queries; 7 days unless told. */
      queriesDays?: number;
      /** Looks at systems, what was told of caches, what happened, and gaps; 14 days unless told. */
      samplesDays?: number;
      /** History of tables; 90 days unless told. */
      inspectionsDays?: number;
    };
  };
}
