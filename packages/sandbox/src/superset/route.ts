import type { z } from 'zod';
import type { HttpRequest } from '../http/startHttpServer';
import { json, type Reply } from '../server/Reply';
import type { SandboxUser } from './supersetSeed';

/** A request of someone who is known. */
export interface Asked {
  readonly request: HttpRequest;
  readonly user: SandboxUser;
  readonly params: string[];
}

/** One call of the API. */
export interface Route {
  readonly method: string;
  readonly pattern: RegExp;
  readonly right?: string;
  readonly csrf?: boolean;
  answer(asked: Asked): Reply;
}

/** A call that only reads. */
export function get(
  pattern: RegExp,
  right: string | undefined,
  answer: Route['answer'],
): Route {
  return { method: 'GET', pattern, right, answer };
}

/** An answer in Superset's way of telling what is wrong. */
export function message(status: number, text: string): Reply {
  return { ...json({ message: text }), status };
}

/** The body, where it is JSON of a shape. */
export function read<T>(
  schema: z.ZodType<T>,
  request: HttpRequest,
): T | undefined {
  try {
    return schema.safeParse(JSON.parse(request.body)).data;
  } catch {
    // What is no JSON is answered as what does not fit.
    return undefined;
  }
}
