import type { SloProposal } from '@lakehouse-ops/plugin-lakehouse-common';

/** A proposal with the figures that a person chose. */
export interface EditedProposal {
  readonly yaml: string;
  readonly pullRequestUrl?: string;
  /** Figures that could not be put into the YAML: they are to be edited there by hand. */
  readonly byHand: readonly string[];
}

/** Puts another target and threshold into the YAML of a proposal, and that into the form of its pull request. */
export function editedProposal(
  proposal: SloProposal,
  change: { readonly target: number; readonly threshold?: number },
): EditedProposal {
  const byHand: string[] = [];
  const put = (yaml: string, field: string, from: number, to: number) => {
    if (from === to) return yaml;
    const edited = replaceNumber(yaml, field, from, to);
    if (edited === yaml) byHand.push(`${field}: ${to}`);
    return edited;
  };
  let yaml = put(proposal.yaml, 'target', proposal.target, change.target);
  if (proposal.threshold && change.threshold !== undefined) {
    yaml = put(yaml, 'value', proposal.threshold.value, change.threshold);
  }
  return {
    yaml,
    pullRequestUrl:
      proposal.pullRequestUrl &&
      withContent(proposal.pullRequestUrl, proposal.yaml, yaml),
    byHand,
  };
}

/** The first field of that name which holds just that number; others are something else. */
function replaceNumber(
  yaml: string,
  field: string,
  from: number,
  to: number,
): string {
  const line = new RegExp(`^(\\s*(?:-\\s+)?${field}:\\s*)([\\d.eE+-]+)`, 'gm');
  let done = false;
  return yaml.replace(line, (text, before: string, value: string) => {
    if (done || Number(value) !== from) return text;
    done = true;
    return `${before}${to}`;
  });
}

function withContent(url: string, from: string, to: string): string {
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  if (!parsed) return url;
  for (const [name, value] of [...parsed.searchParams]) {
    if (value === from) parsed.searchParams.set(name, to);
  }
  return parsed.toString();
}
