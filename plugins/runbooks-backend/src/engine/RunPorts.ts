import type {
  CredentialKeeper,
  PauseReader,
  ResponseReader,
  RunbookBook,
  StepGate,
} from './ports';

/** What a walk asks of the rest of the engine. */
export interface RunPorts {
  readonly book: Pick<RunbookBook, 'getVersion'>;
  readonly credentials: Pick<CredentialKeeper, 'recall' | 'forget'>;
  readonly gate: StepGate;
  readonly pauses: PauseReader;
  readonly responses: ResponseReader;
}
