import { ConfigReader } from '@backstage/config';
import { readLinkTemplates } from './readLinkTemplates';

const link = { title: 'Grafana', on: 'query', url: 'https://g.example/d/x' };
const read = (...links: Array<typeof link | object>) =>
  readLinkTemplates(
    new ConfigReader({
      lakehouse: { links: links.map(one => ({ ...link, ...one })) },
    }),
  );

describe('readLinkTemplates', () => {
  it('reads none where there are none', () => {
    expect(readLinkTemplates(new ConfigReader({}))).toEqual([]);
  });

  it('takes a URL apart', () => {
    expect(
      read({ url: 'https://g.example/d/x?q={queryId}&from={fromMs}#a' }),
    ).toEqual([
      {
        title: 'Grafana',
        on: 'query',
        url: [
          { text: 'https://g.example/d/x?q=' },
          { value: 'queryId' },
          { text: '&from=' },
          { value: 'fromMs' },
          { text: '#a' },
        ],
      },
    ]);
  });

  it.each([
    ['https://g.example:3000/{source}'],
    ['http://g.example?x={user}{source}'],
    ['https://g.example/explore?panes=%7B%22a%22:%22{traceId}%22%7D'],
  ])('takes %s', url => {
    expect(() => read({ url })).not.toThrow();
  });

  it.each([
    [{ on: 'table' }, "links[1].on is 'table'. Write one of cluster, query"],
    [
      { url: 'https://g.example/{nope}' },
      'links[1].url has the placeholder {nope}',
    ],
    [{ url: 'https://g.example/{}' }, 'links[1].url has the placeholder {},'],
    [{ url: 'https://g.example/{QueryId}' }, 'placeholder {QueryId}'],
    [
      { on: 'cluster', url: 'https://g.example/{traceId}' },
      'the placeholder {traceId}, which nothing fills on a cluster',
    ],
    [{ on: 'workload', url: 'https://g.example/{user}' }, '{user}'],
    [{ url: 'https://g.example/?a={"x":1}' }, '{"x":1}'],
    [{ url: 'https://g.example/{queryId' }, 'links[1].url has a brace'],
    [{ url: 'https://g.example/{{queryId}}' }, 'links[1].url has a brace'],
    [{ url: ' javascript:alert({queryId})' }, 'links[1].url is no URL'],
    [{ url: 'data:text/html,{queryId}' }, 'links[1].url is no URL'],
    [{ url: 'HTTPS://g.example/' }, 'links[1].url is no URL'],
    [{ url: ' https://g.example/' }, 'links[1].url is no URL'],
    [{ url: 'ftp://g.example/{queryId}' }, 'links[1].url is no URL'],
    [{ url: '/d/{queryId}' }, 'links[1].url is no URL'],
    [{ url: '{source}' }, 'links[1].url is no URL'],
    [{ url: 'https://g.example:{source}/' }, 'links[1].url is no URL'],
    [{ url: 'https://me:secret@g.example/' }, 'links[1].url holds a user'],
    [{ url: 'https://{user}@g.example/' }, 'links[1].url holds a user'],
    [
      { url: 'https://{source}/d' },
      'links[1].url has a placeholder in its host',
    ],
    [{ url: 'https://{source}.example/d' }, 'placeholder in its host'],
    [{ url: 'https://g.example{source}/d' }, 'placeholder in its host'],
  ])('refuses %j', (wrong, message) => {
    expect(() => read({}, wrong)).toThrow(message);
    expect(() => read({}, wrong)).toThrow('lakehouse.links[1].');
  });

  it('needs a title', () => {
    expect(() => read({ title: undefined })).toThrow('links[0].title');
  });
});
