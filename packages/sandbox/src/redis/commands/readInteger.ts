import { RedisError } from '../protocol/RespReply';

/** @throws RedisError as a server answers it */
export function readInteger(text: string): number {
  const number = Number(text);
  if (!/^-?\d{1,19}$/.test(text) || !Number.isSafeInteger(number)) {
    throw new RedisError('ERR value is not an integer or out of range');
  }
  return number;
}
