import {
  RespMap,
  SimpleString,
  VerbatimText,
  type RespReply,
} from './RespReply';

/** Writes an answer in the protocol that the client speaks. */
export function writeReply(reply: RespReply, protocol: 2 | 3): string {
  if (reply === undefined) return protocol === 3 ? '_\r\n' : '$-1\r\n';
  if (typeof reply === 'number') return `:${reply}\r\n`;
  if (typeof reply === 'string') return bulk(reply);
  if (reply instanceof SimpleString) return `+${reply.text}\r\n`;
  if (reply instanceof VerbatimText) {
    return protocol === 3
      ? `=${reply.text.length + 4}\r\ntxt:${reply.text}\r\n`
      : bulk(reply.text);
  }
  if (reply instanceof RespMap) {
    const head =
      protocol === 3
        ? `%${reply.pairs.length}\r\n`
        : `*${reply.pairs.length * 2}\r\n`;
    return (
      head +
      reply.pairs
        .flat()
        .map(item => writeReply(item, protocol))
        .join('')
    );
  }
  return `*${reply.length}\r\n${reply
    .map(item => writeReply(item, protocol))
    .join('')}`;
}

function bulk(text: string): string {
  return `$${text.length}\r\n${text}\r\n`;
}
