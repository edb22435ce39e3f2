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
    /** How long the logs of ended runs are kept; 90 days unless told. Runs and the audit log are kept for ever. */
    keepLogs?: HumanDuration | string;
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
