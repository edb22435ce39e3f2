import { anAuditEntry } from '@lakehouse-ops/plugin-runbooks-react/testUtils';
import { checkAuditLinks } from './checkAuditLinks';

const entry = (sequence: number, previousHash: string, hash: string) =>
  anAuditEntry({ sequence, previousHash, hash });

describe('checkAuditLinks', () => {
  it('follows the chain through entries of the same run', () => {
    expect(
      checkAuditLinks([
        entry(1, '', 'a'),
        entry(2, 'a', 'b'),
        entry(3, 'x', 'c'),
        entry(9, 'h', 'i'),
        entry(10, 'i', 'j'),
      ]),
    ).toEqual(['first', 'linked', 'broken', 'elsewhere', 'linked']);
  });

  it('knows nothing of nothing', () => {
    expect(checkAuditLinks([])).toEqual([]);
  });
});
