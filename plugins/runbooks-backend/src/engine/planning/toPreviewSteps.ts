import type { JsonObject, JsonValue } from '@backstage/types';
import type {
  PreviewContent,
  PreviewStep,
} from '@lakehouse-ops/plugin-runbooks-common';
import { previewContentSchema } from '../../store/modelSchemas';
import { toJsonObject } from '../../json/jsonSchemas';
import type { PlannedSteps } from '../plannedSteps';
import { redactObject, redactSecrets } from '../redactSecrets';
import type { LookedAtStep } from './PlannedStep';

/** The steps as people are shown them. */
export function toPreviewSteps(
  steps: readonly LookedAtStep[],
  secrets: readonly JsonValue[],
): PreviewStep[] {
  return steps.map(
    (entry): PreviewStep => ({
      id: entry.key,
      title: redactText(entry.title, secrets),
      kind: entry.step.kind,
      section: entry.section,
      known: entry.known,
      actionId: entry.action?.id,
      risk: entry.action?.risk,
      target: entry.call?.target,
      content: entry.content && redactContent(entry.content, secrets),
      note: redactText(noteOf(entry), secrets) || undefined,
    }),
  );
}

function noteOf({ note, warning }: LookedAtStep): string {
  return [note, warning].filter(Boolean).join(' ');
}

/** What the run is held to, by key of the step. */
export function toPlannedSteps(
  steps: readonly LookedAtStep[],
  secrets: readonly JsonValue[],
): PlannedSteps {
  return Object.fromEntries(
    steps.flatMap(({ key, call, fingerprint }) =>
      call && fingerprint
        ? [[key, { input: redactObject(call.input, secrets), fingerprint }]]
        : [],
    ),
  );
}

/** Takes secrets out of a preview. */
export function redactContent(
  content: PreviewContent,
  secrets: readonly JsonValue[],
): PreviewContent {
  if (secrets.length === 0) return content;
  const redacted: JsonObject = redactObject(toJsonObject(content), secrets);
  return previewContentSchema.parse(redacted);
}

function redactText(text: string, secrets: readonly JsonValue[]): string {
  return String(redactSecrets(text, secrets));
}
