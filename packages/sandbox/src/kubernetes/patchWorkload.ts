import { z } from 'zod';
import { failure, found, type KubernetesReply } from './KubernetesReply';
import type { KubernetesWorld } from './KubernetesWorld';
import type { WorldWorkload } from './model';
import { renderScale } from './renderOthers';
import { renderWorkload } from './renderWorkload';

const STRATEGIC = 'application/strategic-merge-patch+json';
const MERGE = 'application/merge-patch+json';
const JSON_PATCH = 'application/json-patch+json';

/** Null takes an annotation away. */
const annotations = z.record(z.string(), z.string().nullable()).optional();

const patchSchema = z.object({
  metadata: z
    .object({ resourceVersion: z.string().optional(), annotations })
    .optional(),
  spec: z
    .object({
      replicas: z.number().int().optional(),
      paused: z.boolean().optional(),
      template: z
        .object({ metadata: z.object({ annotations }).optional() })
        .optional(),
    })
    .optional(),
});

/** Patches a workload, or its scale: annotations, replicas, paused, the template's annotations. */
export function patchWorkload(options: {
  world: KubernetesWorld;
  workload: WorldWorkload;
  scale: boolean;
  contentType: string;
  body: string;
  dryRun: readonly string[];
}): KubernetesReply {
  const { world, workload, scale } = options;
  const refused = refuseType(options.contentType);
  if (refused) return refused;
  if (options.dryRun.some(value => value !== 'All')) {
    return failure(422, 'dryRun: Unsupported value: supported values: "All"');
  }
  const patch = readPatch(options.body);
  if (!patch) {
    return failure(400, 'error decoding patch: the body is not a patch');
  }
  const version = patch.metadata?.resourceVersion;
  if (version && version !== String(workload.resourceVersion)) {
    return failure(
      409,
      `Operation cannot be fulfilled on ${workload.kind.toLowerCase()}s.apps "${
        workload.name
      }": the object has been modified; please apply your changes to the latest version and try again`,
    );
  }
  if ((patch.spec?.replicas ?? 0) < 0) {
    return failure(
      422,
      `${workload.kind}.apps "${workload.name}" is invalid: spec.replicas: Invalid value: ${patch.spec?.replicas}: must be greater than or equal to 0`,
    );
  }
  const target = options.dryRun.length > 0 ? { ...workload } : workload;
  apply(world, target, patch);
  return found(
    scale ? renderScale(world, target) : renderWorkload(world, target),
  );
}

function refuseType(contentType: string): KubernetesReply | undefined {
  const type = contentType.split(';', 1)[0].trim();
  if (type === STRATEGIC || type === MERGE) return undefined;
  return type === JSON_PATCH
    ? failure(
        400,
        'error decoding patch: json: cannot unmarshal object into Go value of type []handlers.jsonPatchOp',
      )
    : failure(415, '415: Unsupported Media Type');
}

function readPatch(body: string) {
  try {
    return patchSchema.safeParse(JSON.parse(body)).data;
  } catch {
    return undefined;
  }
}

function apply(
  world: KubernetesWorld,
  workload: WorldWorkload,
  patch: z.output<typeof patchSchema>,
) {
  const { metadata, spec } = patch;
  const template = merge(
    workload.template.annotations,
    spec?.template?.metadata?.annotations,
  );
  const before = JSON.stringify([
    workload.replicas,
    workload.paused,
    workload.template.annotations,
  ]);
  const own = merge(workload.annotations, metadata?.annotations);
  const ownChanged =
    JSON.stringify(own) !== JSON.stringify(workload.annotations);
  workload.annotations = own;
  workload.replicas = spec?.replicas ?? workload.replicas;
  workload.paused = spec?.paused ?? workload.paused;
  if (
    JSON.stringify(template) !== JSON.stringify(workload.template.annotations)
  ) {
    workload.template = { ...workload.template, annotations: template };
    world.revise(workload);
  }
  const after = JSON.stringify([
    workload.replicas,
    workload.paused,
    workload.template.annotations,
  ]);
  // What changes nothing has no new version.
  if (before !== after) world.changed(workload);
  else if (ownChanged) workload.resourceVersion = world.nextVersion();
}

function merge(
  into: Readonly<Record<string, string>>,
  patch: z.output<typeof annotations>,
): Record<string, string> {
  const merged = { ...into };
  for (const [key, value] of Object.entries(patch ?? {})) {
    if (value === null) delete merged[key];
    else merged[key] = value;
  }
  return merged;
}
