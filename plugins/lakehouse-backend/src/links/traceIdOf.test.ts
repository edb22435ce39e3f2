import { traceIdOf } from './traceIdOf';

const ID = '0af7651916cd43dd8448eb211c80319c';

describe('traceIdOf', () => {
  it.each([
    ['a traceparent', `00-${ID}-b7ad6b7169203331-01`, ID],
    ['one that was not sampled', `00-${ID}-b7ad6b7169203331-00`, ID],
    ['a trace id', ID, ID],
    ['a trace id in capitals', ` ${ID.toUpperCase()} `, ID],
    ['nothing', undefined, undefined],
    ['no text', '', undefined],
    ['a word', 'nightly-load', undefined],
    ['a UUID', '0af76519-16cd-43dd-8448-eb211c80319c', undefined],
    ['too few digits', ID.slice(1), undefined],
    ['too many digits', `${ID}0`, undefined],
    ['no trace', '0'.repeat(32), undefined],
    [
      'a traceparent of no trace',
      `00-${'0'.repeat(32)}-b7ad6b7169203331-01`,
      undefined,
    ],
    ['a traceparent of no span', `00-${ID}-${'0'.repeat(16)}-01`, undefined],
    ['a traceparent without flags', `00-${ID}-b7ad6b7169203331`, undefined],
    ['a traceparent with more', `00-${ID}-b7ad6b7169203331-01-x`, undefined],
    ['a version not known yet', `01-${ID}-b7ad6b7169203331-01`, undefined],
    ['an id on the second line', `x\n${ID}`, undefined],
  ])('%s: %p', (_, token, id) => {
    expect(traceIdOf(token)).toBe(id);
  });
});
