import { fillParameters } from './fillParameters';

const WORKLOADS = 'lakehouse-ops.io/workloads';

function fill(annotation: string) {
  const from = (part: string) => ({
    type: 'string',
    'x-from': `annotation:${WORKLOADS}#${part}`,
  });
  return fillParameters(
    {
      type: 'object',
      properties: {
        connection: from('connection'),
        namespace: from('namespace'),
        rest: from('rest'),
        source: from('field=source'),
        odd: from('selector'),
      },
    },
    {
      dependencies: [],
      entity: {
        apiVersion: 'backstage.io/v1alpha1',
        kind: 'Resource',
        metadata: {
          name: 'analytics',
          annotations: { [WORKLOADS]: annotation },
        },
      },
    },
  );
}

describe('fillParameters', () => {
  it.each([
    [
      'prod/lakehouse/app.kubernetes.io/name=trino',
      {
        connection: 'prod',
        namespace: 'lakehouse',
        rest: 'lakehouse/app.kubernetes.io/name=trino',
      },
    ],
    [
      'prod/lakehouse',
      { connection: 'prod', namespace: 'lakehouse', rest: 'lakehouse' },
    ],
    ['prod', { connection: 'prod' }],
    [
      'user=tom, source=etl',
      { connection: 'user=tom, source=etl', source: 'etl' },
    ],
    ['prod//name=trino', { connection: 'prod', rest: '/name=trino' }],
  ])('takes %s apart', (annotation, filled) => {
    expect(fill(annotation)).toEqual(filled);
  });
});
