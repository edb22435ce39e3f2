import type { RedisInfo } from '../RedisConnection';
import type { RedisReply } from '../RedisReply';
import { parseInfo } from './parseInfo';

/** Reads sections of INFO, one at a time: before 7.0 it takes no more. */
export async function readInfo(
  ask: (args: readonly string[]) => Promise<RedisReply>,
  sections: readonly string[],
): Promise<RedisInfo> {
  const questions = sections.length ? sections.map(one => [one]) : [[]];
  const texts = await Promise.all(questions.map(ask));
  return parseInfo(texts.map(text => String(text ?? '')).join('\n'));
}
