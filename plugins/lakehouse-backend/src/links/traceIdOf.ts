/** `version-traceid-parentid-flags`, https://www.w3.org/TR/trace-context/#traceparent-header, version 00 */
const TRACEPARENT = /^00-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}$/;
const TRACE_ID = /^([0-9a-f]{32})$/;
/** What the specification calls invalid: of no trace, and of no span. */
const NO_TRACE = /^0+$/;
const NO_PARENT = /-0{16}-/;

/** The trace that a query's trace token names: a W3C traceparent or the bare id. Clients may write anything else there. */
export function traceIdOf(traceToken: string | undefined): string | undefined {
  const token = traceToken?.trim().toLowerCase() ?? '';
  const id = (TRACEPARENT.exec(token) ?? TRACE_ID.exec(token))?.[1];
  if (!id || NO_TRACE.test(id) || NO_PARENT.test(token)) return undefined;
  return id;
}
