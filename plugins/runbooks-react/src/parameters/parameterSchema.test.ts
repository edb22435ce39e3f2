import { aCompaction, aRunbook } from '../testUtils';
import { openParameters, parameterTitle } from './parameterSchema';

describe('openParameters', () => {
  it('asks only for what is not given', () => {
    const open = openParameters(aRunbook().parametersSchema, {
      connection: 'analytics',
      queryId: 'q',
    });
    expect(open?.names).toEqual(['message']);
    expect(open?.schema.required).toEqual(['message']);
    expect(open?.schema.$schema).toBeUndefined();
    expect(open?.schema.properties).toMatchObject({
      message: { title: 'Message', minLength: 1 },
    });
  });

  it('asks nothing when all is given, or nothing is described', () => {
    expect(
      openParameters(aCompaction().parametersSchema, {
        table: 't',
        fileSizeThreshold: '1MB',
      }),
    ).toBeUndefined();
    expect(openParameters({}, {})).toBeUndefined();
    expect(openParameters({ type: 'string' }, {})).toBeUndefined();
  });
});

describe('parameterTitle', () => {
  it.each([
    ['fileSizeThreshold', 'File size threshold'],
    ['queryId', 'Query id'],
    ['max_keys', 'Max keys'],
  ])('says %s as %s', (name, title) => {
    expect(parameterTitle({}, name)).toBe(title);
  });

  it('prefers the title of the schema', () => {
    const schema = { properties: { a: { title: 'Reason' } } };
    expect(parameterTitle(schema, 'a')).toBe('Reason');
  });
});
