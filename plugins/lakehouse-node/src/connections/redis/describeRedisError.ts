import {
  type ConnectionErrorDescription,
  describeConnectionError,
} from '../shared/describeConnectionError';
import { RedisReplyError, RedisUnknownCommandError } from './errors';

/**
 * Says in the words of a Gap what an error of a Redis connection means.
 *
 * @public
 */
export function describeRedisError(error: unknown): ConnectionErrorDescription {
  if (error instanceof RedisUnknownCommandError) {
    return {
      code: 'not-found',
      reason: error.reason,
      remedy: error.remedy,
    };
  }
  if (error instanceof RedisReplyError) {
    return {
      code: 'bad-response',
      reason: error.reason,
      remedy: 'see whether the server is of a version that is supported',
    };
  }
  return describeConnectionError(error);
}
