import type { HumanDuration } from '@backstage/types';

export interface Config {
  runbooks?: {
    /**
     * Whom to ask for a permission; ends each message that refuses something.
     */
    deniedHelp?: string;
    /** Runs that one backend process works on at once; 10 unless told. The rest wait. */
    maxConcurrentRuns?: number;
    /** Runs that may be waiting or running in all; 200 unless told. */
    maxUnfinishedRuns?: number;
    /** Log lines that are kept for each run; 10000 unless told. */
    maxEventsPerRun?: number;
    /** How long a run can be started from a preview; 10 minutes unless told. */
    previewTtl?: HumanDuration | string;
    /**
     * How long a run waits for a process that fell silent before another one
     * takes it; 30 seconds unless told.
     */
    lease?: HumanDuration | string;
    /** What happens to runs whose process died. */
    reconcile?: {
      /** How often to look for them, and for runs that wait; 10 seconds unless told. */
      every?: HumanDuration | string;
      /** How long to wait before asking again whether an action took effect; 2 seconds unless told. */
      interval?: HumanDuration | string;
      /** How long to go on asking; 30 minutes unless told. */
      patience?: HumanDuration | string;
    };
    /** How long runs may go on when the backend is shut down; 5 seconds unless told. */
    shutdownGrace?: HumanDuration | string;
    /**
     * Runbook files. Those that entities name by the annotation
     * lakehouse-ops.io/runbooks, and those of modules, are read besides.
     */
    locations?: Array<{
      /** A path from the folder that the backend runs in, or a URL that an integration or backend.reading.allow lets it read. */
      type: 'file' | 'url';
      /** Of a file, the name may have a `*` in it for all of a folder: ./runbooks/*.yaml */
      target: string;
    }>;
    /** How often runbook files are read again; 1 minute unless told. */
    refresh?: HumanDuration | string;
    /** How long the logs of ended runs are kept; 90 days unless told. Runs and the audit log are kept for ever. */
    keepLogs?: HumanDuration | string;
    /**
     * Seals the credentials of people who started runs, so that a run whose
     * process died goes on as them; at least 32 characters, the same in all
     * processes. Kept in memory only unless given.
     * @visibility secret
     */
    secretKey?: string;
    /** How long a run waits for another one to free its target, where it may queue; 1 hour unless told. */
    maxQueueTime?: HumanDuration | string;
    /**
     * How long a run waits for the person who started it to let it go on, and
     * for somebody to say whether it took effect where nothing can tell; 24
     * hours unless told.
     */
    maxPersonTime?: HumanDuration | string;
    /** Limits by the id of a runbook or an action; of these and those in a runbook file the stricter counts. */
    limits?: {
      [runbookId: string]: {
        /** Runs that may go on at once, those that wait among them. */
        maxConcurrent?: number;
        /** Runs that may be started within an hour. */
        maxPerHour?: number;
        /** Runs that may be started within an hour on one target. */
        maxPerTargetPerHour?: number;
      };
    };
    /** Approval of single actions; runbook files tell their own. */
    approval?: {
      /** Risk from which on a single action has to be approved: low, medium, high, or none; high unless told. */
      actions?: 'low' | 'medium' | 'high' | 'none';
      /** Entity refs of groups and users that may approve, and are told of it, where a runbook names none; whoever has the permission unless given. */
      groups?: string[];
      /** How many people have to approve; 1 unless told. */
      count?: number;
      /** How long it is waited for; 1 hour unless told. */
      expires?: HumanDuration | string;
    };
    /** How to find in the catalog who owns what runs act on. */
    targets?: {
      /** Annotations of the form `<connection>` or `<connection>/<name>`; those of Lakehouse Ops unless given. */
      annotations?: string[];
      /** Label or annotation that tells the environment of an entity; lakehouse-ops.io/environment unless told. */
      environmentKey?: string;
    };
    /** Environments by connection id; goes before what the catalog tells. */
    environments?: { [connectionId: string]: string };
    /** Runs that nobody starts: by alerts of SLOs and by the clock. */
    triggers?: {
      /** Names of the runbooks that may start by themselves; none unless told. They run with the rights of this plugin, not with a person's. */
      allowed?: string[];
      /** An alert starts nothing on a target on which the same runbook ran so lately; 30 minutes unless told. */
      cooldown?: HumanDuration | string;
      /** An alert that was heard so long ago, and could not start its runbook since, starts it no more; 10 minutes unless told. */
      maxAlertAge?: HumanDuration | string;
    };
    /** The audit log, which is kept for ever. */
    audit?: {
      /**
       * Ed25519 key, as PEM, that checkpoints of the audit log are signed with;
       * none are signed unless given. Make one with `openssl genpkey -algorithm ed25519`.
       * @visibility secret
       */
      signingKey?: string;
      /** Path of a file that holds it instead. */
      signingKeyFile?: string;
      /** What the key is called in checkpoints; the start of its hash unless told. At most 64 characters. */
      keyId?: string;
      /** How often what is new is signed; 10 minutes unless told. */
      checkpointEvery?: HumanDuration | string;
    };
  };
}
