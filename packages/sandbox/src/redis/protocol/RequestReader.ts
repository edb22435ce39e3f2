import { RedisError } from './RespReply';

const MAX_ARGUMENTS = 1024 * 1024;
const MAX_BYTES = 64 * 1024 * 1024;

/** Cuts what comes from a client into commands. Texts are bytes, one a character. */
export class RequestReader {
  #rest = '';

  /** @throws RedisError when the bytes are no request; the connection is then to be closed */
  read(chunk: Buffer): string[][] {
    this.#rest += chunk.toString('latin1');
    if (this.#rest.length > MAX_BYTES) {
      throw new RedisError('ERR Protocol error: too big request');
    }
    const commands: string[][] = [];
    for (let at = 0; ; ) {
      const next = this.#command(at);
      if (!next) {
        this.#rest = this.#rest.slice(at);
        return commands;
      }
      at = next.end;
      if (next.words.length) commands.push(next.words);
    }
  }

  #command(start: number): { words: string[]; end: number } | undefined {
    const head = this.#line(start);
    if (!head) return undefined;
    if (!head.text.startsWith('*')) {
      return { words: head.text.split(/\s+/).filter(Boolean), end: head.end };
    }
    const count = Number(head.text.slice(1));
    if (!Number.isInteger(count) || count > MAX_ARGUMENTS) {
      throw new RedisError('ERR Protocol error: invalid multibulk length');
    }
    const words: string[] = [];
    let end = head.end;
    for (let index = 0; index < count; index += 1) {
      const size = this.#line(end);
      if (!size) return undefined;
      if (!size.text.startsWith('$')) {
        throw new RedisError(
          `ERR Protocol error: expected '$', got '${size.text.slice(0, 1)}'`,
        );
      }
      const length = Number(size.text.slice(1));
      if (!Number.isInteger(length) || length < 0) {
        throw new RedisError('ERR Protocol error: invalid bulk length');
      }
      if (this.#rest.length < size.end + length + 2) return undefined;
      words.push(this.#rest.slice(size.end, size.end + length));
      end = size.end + length + 2;
    }
    return { words, end };
  }

  #line(start: number): { text: string; end: number } | undefined {
    const end = this.#rest.indexOf('\n', start);
    if (end < 0) return undefined;
    return {
      text: this.#rest.slice(start, end).replace(/\r$/, ''),
      end: end + 1,
    };
  }
}
