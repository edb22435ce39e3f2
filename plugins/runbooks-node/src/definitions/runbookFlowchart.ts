import type {
  RunbookDefinition,
  RunbookSection,
  RunbookStep,
} from '@lakehouse-ops/plugin-runbooks-common';

const LABEL_MAX = 80;

const SECTION_TITLES: Readonly<Record<RunbookSection, string>> = {
  steps: 'Steps',
  onFailure: 'If a step fails',
  finally: 'Always at the end',
};

/** Mermaid's brackets for each kind of step. */
const SHAPES: Readonly<Record<RunbookStep['kind'], [string, string]>> = {
  action: ['[', ']'],
  check: ['{{', '}}'],
  verify: ['([', '])'],
  manual: ['[/', '/]'],
  approval: ['[[', ']]'],
};

/**
 * A Mermaid flowchart of a runbook's steps.
 *
 * @public
 */
export function runbookFlowchart(definition: RunbookDefinition): string {
  const lines = ['flowchart TD'];
  let before: string | undefined;
  if (definition.approval) {
    lines.push('  approval[["Approval"]]');
    before = 'approval';
  }
  const ends: string[] = [];
  for (const section of ['steps', 'onFailure', 'finally'] as const) {
    const steps = definition[section];
    if (!steps.length) continue;
    lines.push(`  subgraph ${section}["${SECTION_TITLES[section]}"]`);
    lines.push('    direction TB');
    steps.forEach((step, index) => {
      const id = `${section}${index}`;
      lines.push(`    ${id}${shape(step)}`);
      if (index) lines.push(`    ${section}${index - 1} --> ${id}`);
    });
    lines.push('  end');
    if (section === 'steps' && before) lines.push(`  ${before} --> steps0`);
    if (section === 'onFailure') lines.push('  steps -. fails .-> onFailure');
    if (section === 'finally') {
      lines.push(...ends.map(end => `  ${end} --> finally`));
    }
    ends.push(section);
  }
  return `${lines.join('\n')}\n`;
}

function shape(step: RunbookStep): string {
  const [open, close] = SHAPES[step.kind];
  const notes = [
    'action' in step ? step.action : undefined,
    step.kind === 'action' && step.foreach ? 'for each entry' : undefined,
    step.if ? `if ${step.if}` : undefined,
  ].filter(note => note !== undefined);
  const label = [step.title, ...notes].map(escapeLabel).join('<br/>');
  return `${open}"${label}"${close}`;
}

/** Mermaid takes codes of characters between # and ;. */
function escapeLabel(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  const short =
    line.length > LABEL_MAX ? `${line.slice(0, LABEL_MAX - 1)}…` : line;
  return short.replace(
    /[^\p{L}\p{N} .,:'/_\-…]/gu,
    character => `#${character.codePointAt(0)};`,
  );
}
