import { mockProposals } from '../__testUtils__';
import { editedProposal } from './editedProposal';

const [latency, success] = mockProposals();

it('leaves a proposal as it is when nothing was changed', () => {
  const edited = editedProposal(latency, { target: 0.99, threshold: 400 });
  expect(edited.yaml).toBe(latency.yaml);
  expect(edited.byHand).toEqual([]);
});

it('puts other figures into the YAML and into the form of the pull request', () => {
  const edited = editedProposal(latency, { target: 0.995, threshold: 650 });
  expect(edited.yaml).toBe(
    latency.yaml
      .replace('target: 0.99', 'target: 0.995')
      .replace('value: 400', 'value: 650'),
  );
  const form = new URL(edited.pullRequestUrl ?? '').searchParams;
  expect(form.get('value')).toBe(edited.yaml);
  expect(form.get('filename')).toBe('slos.yaml');
});

it('changes the field alone, not what happens to hold the same number', () => {
  const yaml = 'factor: 0.999\n  - target: 0.999\n    target: 0.999\n';
  expect(editedProposal({ ...success, yaml }, { target: 0.99 }).yaml).toBe(
    'factor: 0.999\n  - target: 0.99\n    target: 0.999\n',
  );
});

it('tells what it could not put in', () => {
  expect(
    editedProposal({ ...success, yaml: 'kind: SLO\n' }, { target: 0.99 })
      .byHand,
  ).toEqual(['target: 0.99']);
});
