import type { Preview } from '@lakehouse-ops/plugin-runbooks-common';
import { PreviewSteps } from './PreviewSteps';
import { PreviewView } from './PreviewView';

/**
 * All that a preview tells: what a run would do, and of a runbook what each of
 * its steps would.
 *
 * @public
 */
export function WholePreview(props: {
  preview: Pick<Preview, 'content' | 'steps'>;
}) {
  const { content, steps } = props.preview;
  return (
    <>
      <PreviewView content={content} />
      {steps && steps.length > 0 && (
        <PreviewSteps steps={steps} above={content} />
      )}
    </>
  );
}
