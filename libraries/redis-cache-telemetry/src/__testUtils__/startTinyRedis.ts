import { createServer, type AddressInfo, type Socket } from 'node:net';

/** As much of Redis as the tests use, in RESP 2: values are texts. */
export async function startTinyRedis() {
  const values = new Map<string, string>();
  const sockets = new Set<Socket>();
  const server = createServer(socket => {
    sockets.add(socket);
    let text = '';
    let queue: string[][] | undefined;
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => {});
    socket.on('data', chunk => {
      text += chunk.toString();
      for (let read = readCommand(text); read; read = readCommand(text)) {
        text = text.slice(read.length);
        socket.write(answer(read.words));
      }
    });

    function answer(words: string[]): string {
      const name = words[0].toLowerCase();
      if (name === 'multi') {
        queue = [];
        return '+OK\r\n';
      }
      if (name === 'exec') {
        const replies = (queue ?? []).map(run);
        queue = undefined;
        return `*${replies.length}\r\n${replies.join('')}`;
      }
      if (queue) {
        queue.push(words);
        return '+QUEUED\r\n';
      }
      return run(words);
    }
  });

  function run([command, ...args]: string[]): string {
    const [key, value] = args;
    switch (command.toLowerCase()) {
      case 'info':
        return bulk('redis_version:7.0.15\r\nloading:0\r\n');
      case 'get':
      case 'hget':
        return bulk(values.get(key));
      case 'mget':
        return `*${args.length}\r\n${args
          .map(one => bulk(values.get(one)))
          .join('')}`;
      case 'set':
        if (args.includes('NX') && values.has(key)) return bulk(undefined);
        values.set(key, value);
        return '+OK\r\n';
      case 'setnx':
        if (values.has(key)) return ':0\r\n';
        values.set(key, value);
        return ':1\r\n';
      case 'mset':
        for (let index = 0; index < args.length; index += 2) {
          values.set(args[index], args[index + 1]);
        }
        return '+OK\r\n';
      case 'del':
      case 'unlink':
        return `:${args.filter(one => values.delete(one)).length}\r\n`;
      default:
        return `-ERR unknown command '${command}'\r\n`;
    }
  }

  await new Promise<void>(resolve => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    port,
    values,
    /** Cuts all connections. */
    drop: () => sockets.forEach(socket => socket.destroy()),
    close: () =>
      new Promise<void>(resolve => {
        sockets.forEach(socket => socket.destroy());
        server.close(() => resolve());
      }),
  };
}

function bulk(text: string | undefined): string {
  return text === undefined
    ? '$-1\r\n'
    : `$${Buffer.byteLength(text)}\r\n${text}\r\n`;
}

function readCommand(text: string) {
  const head = /^\*(\d+)\r\n/.exec(text);
  if (!head) return undefined;
  const words: string[] = [];
  let length = head[0].length;
  for (let word = 0; word < Number(head[1]); word += 1) {
    const size = /^\$(\d+)\r\n/.exec(text.slice(length));
    if (!size) return undefined;
    const begin = length + size[0].length;
    const end = begin + Number(size[1]);
    if (text.length < end + 2) return undefined;
    words.push(text.slice(begin, end));
    length = end + 2;
  }
  return { words, length };
}
