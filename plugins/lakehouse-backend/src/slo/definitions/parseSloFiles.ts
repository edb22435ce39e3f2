import { z } from 'zod';
import type { ObjectLookup, PlacedObject } from './openslo/OpenSloIndex';
import { OpenSloIndex } from './openslo/OpenSloIndex';
import { OPENSLO_VERSION, readOpenSloObject } from './openslo/OpenSloObject';
import { resolveObject } from './openslo/resolveObject';
import { PYRRA_VERSION, readPyrra } from './pyrra/readPyrra';
import {
  readSloth,
  readSlothResource,
  SLOTH_RESOURCE_VERSION,
  SLOTH_VERSION,
} from './sloth/readSloth';
import type {
  ParsedSlo,
  ParsedSloFile,
  SloFileFormat,
  SloFileText,
  SloParseContext,
} from './SloFile';
import { quote } from './yaml/fields';
import { didYouMean } from './yaml/nearestName';
import { ProblemList } from './yaml/ProblemList';
import { readYaml } from './yaml/readYaml';
import { Spot } from './yaml/Spot';

/** A file of a set, with what others of the set refer to while it is broken. */
export interface SloSetFile extends SloFileText {
  /** Text of its last good version. */
  readonly lastGood?: string;
  /** Prometheus connection of what names none in it, where that differs from the set's. */
  readonly connection?: string;
}

/** What one file holds, before references are followed. */
interface FileReading {
  readonly file: SloSetFile;
  readonly context: SloParseContext;
  readonly format?: SloFileFormat;
  readonly objects: readonly PlacedObject[];
  /** Of formats without references. */
  readonly slos: readonly ParsedSlo[];
}

const head = z.looseObject({
  apiVersion: z.unknown().optional(),
  version: z.unknown().optional(),
});
const VERSIONS = [
  OPENSLO_VERSION,
  SLOTH_RESOURCE_VERSION,
  SLOTH_VERSION,
  PYRRA_VERSION,
];

/**
 * Reads definitions from files that may refer to each other's objects. Never
 * throws: what is wrong is told as problems of the file that it stands in.
 */
export function parseSloFiles(
  files: readonly SloSetFile[],
  context: SloParseContext,
): ParsedSloFile[] {
  const problems = new ProblemList();
  const readings = files.map(file => readFile(file, { context, problems }));
  const shared = new OpenSloIndex();
  for (const reading of readings) {
    for (const placed of usableObjects(reading, problems)) shared.add(placed);
  }
  tellOfEqualNames(readings);
  const names = new Map<string, ParsedSlo & { location: string }>();
  const resolved = readings.map(reading => {
    const { location } = reading.file;
    const slos = resolveAll(reading, shared);
    for (const slo of slos) {
      const { name } = slo.definition;
      const before = names.get(name);
      if (!before) {
        names.set(name, { ...slo, location });
        continue;
      }
      problems.add(location, {
        severity: 'error',
        line: slo.line,
        message: equalNames({ kind: 'SLO', name, before, location }),
      });
    }
    return { location, format: reading.format, slos };
  });
  return resolved.map(file => ({
    ...file,
    problems: problems.of(file.location),
  }));
}

/** Reads one file on its own. */
export function parseSloFile(
  file: SloFileText,
  context: SloParseContext,
): ParsedSloFile {
  const [parsed] = parseSloFiles([file], context);
  return parsed;
}

function readFile(
  file: SloSetFile,
  options: { context: SloParseContext; problems: ProblemList },
): FileReading {
  const { problems } = options;
  const { location, connection } = file;
  const context = connection
    ? { ...options.context, connection }
    : options.context;
  const yaml = readYaml(file.text);
  for (const problem of yaml.problems) problems.add(location, problem);
  const objects: PlacedObject[] = [];
  const slos: ParsedSlo[] = [];
  let format: SloFileFormat | undefined;
  for (const object of yaml.objects) {
    const spot = Spot.of({ location, object, report: problems.add });
    const version = versionOf(object.value);
    if (version === OPENSLO_VERSION) {
      format ??= 'openslo';
      const read = readOpenSloObject(object.value, spot);
      if (read) objects.push({ object: read, spot });
    } else if (version === SLOTH_VERSION) {
      format ??= 'sloth';
      slos.push(...readSloth(object.value, { spot, context }));
    } else if (version === SLOTH_RESOURCE_VERSION) {
      format ??= 'sloth';
      slos.push(...readSlothResource(object.value, { spot, context }));
    } else if (version === PYRRA_VERSION) {
      format ??= 'pyrra';
      slos.push(...readPyrra(object.value, { spot, context }));
    } else {
      spot.at('apiVersion').error(explainVersion(version));
    }
  }
  if (!yaml.objects.length && !yaml.problems.length) {
    problems.add(location, {
      severity: 'error',
      message:
        'The file is empty, so there is no SLO in it. Write one, or remove what names the file.',
    });
  }
  return { file, context, format, objects, slos };
}

/** Objects that others may refer to: those of its last good version while the newest is broken. */
function usableObjects(
  { file, context, objects }: FileReading,
  problems: ProblemList,
): readonly PlacedObject[] {
  const broken = problems
    .of(file.location)
    .some(({ severity }) => severity === 'error');
  if (!broken || file.lastGood === undefined) return objects;
  // What is wrong is told of its newest version only.
  const unheard = new ProblemList();
  return readFile(
    { ...file, text: file.lastGood },
    { context, problems: unheard },
  ).objects;
}

function resolveAll(reading: FileReading, shared: OpenSloIndex): ParsedSlo[] {
  const own = new OpenSloIndex();
  for (const placed of reading.objects) own.add(placed);
  const lookup: ObjectLookup = (kind, name) =>
    own.find(kind, name) ?? shared.find(kind, name);
  return [
    ...reading.slos,
    ...reading.objects.flatMap(placed =>
      resolveObject(placed, { lookup, context: reading.context }),
    ),
  ];
}

function tellOfEqualNames(readings: readonly FileReading[]) {
  const all = new OpenSloIndex();
  for (const { objects, file } of readings) {
    for (const placed of objects) {
      const before = all.add(placed);
      if (!before) continue;
      const { kind } = placed.object;
      const { name } = placed.object.metadata;
      const { line, location } = before.spot;
      placed.spot.error(
        equalNames({
          kind,
          name,
          before: { line, location },
          location: file.location,
        }),
      );
    }
  }
}

function equalNames(options: {
  kind: string;
  name: string;
  before: { line?: number; location: string };
  location: string;
}): string {
  const { kind, name, before, location } = options;
  const where =
    before.location === location
      ? `on line ${before.line}`
      : `in ${before.location}`;
  return `There is another ${kind} ${quote(
    name,
  )} ${where}, so nobody knows which is meant. Rename one of the two.`;
}

function versionOf(value: unknown): unknown {
  const read = head.safeParse(value);
  return read.success ? read.data.apiVersion ?? read.data.version : undefined;
}

function explainVersion(version: unknown): string {
  const known = `Write apiVersion: ${OPENSLO_VERSION}; files of Sloth (version: ${SLOTH_VERSION}, apiVersion: ${SLOTH_RESOURCE_VERSION}) and Pyrra (apiVersion: ${PYRRA_VERSION}) are read too.`;
  if (typeof version !== 'string') {
    return `The apiVersion is missing, so nobody knows how to read this. ${known}`;
  }
  if (version.startsWith('openslo/')) {
    return `${quote(
      version,
    )} is not read here; versions of OpenSLO differ in their fields. Move the file to ${OPENSLO_VERSION}.`;
  }
  return `${quote(version)} is no version that is read here.${didYouMean(
    version,
    VERSIONS,
  )} ${known}`;
}
