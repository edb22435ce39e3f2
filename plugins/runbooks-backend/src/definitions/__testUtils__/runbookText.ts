/** A small runbook file that uses the action `demo:look`. */
export function runbookText(
  name: string,
  options: { action?: string; title?: string } = {},
): string {
  const { action = 'demo:look', title = 'Look' } = options;
  return `apiVersion: lakehouse-ops.io/v1
kind: Runbook
metadata:
  name: ${name}
  title: ${title}
  description: Looks.
spec:
  risk: low
  docs: When it has to be looked at.
  target: { system: demo, connection: demo, kind: thing, name: thing }
  steps:
    - id: look
      title: Look
      check: ${action}
      assert: output.good
`;
}
