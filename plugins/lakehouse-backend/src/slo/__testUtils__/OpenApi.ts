import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Response } from 'supertest';
import { parse } from 'yaml';
import { z } from 'zod';

type Json = Record<string, any>;

/** The document of the API. Answers are held to it strictly: what it does not tell of may not be in them. */
export class OpenApi {
  readonly #document: Json;

  static read(): OpenApi {
    const path = resolve(__dirname, '../../schema/openapi.yaml');
    return new OpenApi(parse(readFileSync(path, 'utf8')));
  }

  private constructor(document: Json) {
    this.#document = document;
  }

  /** @throws Error that names what is not as the document says */
  check(options: {
    path: string;
    method: 'get' | 'post' | 'delete';
    answer: Response;
  }) {
    const { path, method, answer } = options;
    const operation = this.#document.paths[path]?.[method];
    const response = this.#resolve(operation?.responses[String(answer.status)]);
    if (!response) {
      throw new Error(
        `${method} ${path} answered ${answer.status}, of which the document does not tell: ${answer.text}`,
      );
    }
    if (!response.content) {
      if (answer.text) throw new Error(`${method} ${path} answered a body`);
      return;
    }
    const { type } = answer;
    const schema = response.content[type]?.schema;
    if (!schema) throw new Error(`${method} ${path} answered ${type}`);
    const value = type === 'application/json' ? answer.body : answer.text;
    const checked = z
      .fromJSONSchema({
        ...this.#strict(schema),
        $defs: Object.fromEntries(
          Object.entries<Json>(this.#document.components.schemas).map(
            ([name, one]) => [name, this.#strict(one)],
          ),
        ),
      })
      .safeParse(value);
    if (!checked.success) {
      throw new Error(
        `${method} ${path} answered what the document does not tell of: ${z.prettifyError(
          checked.error,
        )}`,
      );
    }
  }

  #resolve(part: Json | undefined): Json | undefined {
    const ref: string | undefined = part?.$ref;
    if (!ref) return part;
    return ref
      .slice(2)
      .split('/')
      .reduce<Json>((at, name) => at[name], this.#document);
  }

  /** Schemas put together are made one, so that what none of them tells of is found. */
  #strict(schema: Json): Json {
    if (Array.isArray(schema)) return schema.map(one => this.#strict(one));
    if (typeof schema !== 'object' || schema === null) return schema;
    if (schema.allOf) {
      const parts = schema.allOf.map((one: Json) => this.#resolve(one));
      return this.#strict({
        type: 'object',
        required: parts.flatMap((one: Json) => one.required ?? []),
        properties: Object.assign(
          {},
          ...parts.map((one: Json) => one.properties),
        ),
      });
    }
    if (typeof schema.$ref === 'string') {
      return { $ref: schema.$ref.replace('#/components/schemas/', '#/$defs/') };
    }
    const all = Object.fromEntries(
      Object.entries(schema).map(([name, one]) => [name, this.#strict(one)]),
    );
    return schema.type === 'object' && schema.properties
      ? { additionalProperties: false, ...all }
      : all;
  }
}
