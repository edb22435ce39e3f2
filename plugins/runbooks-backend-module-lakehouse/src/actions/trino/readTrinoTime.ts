const TIME = /^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d(?:\.\d+)?) UTC$/;

/** Reads a time as Trino writes it in text, if it is in UTC. */
export function readTrinoTime(text: string): Date | undefined {
  const parts = TIME.exec(text);
  return parts ? new Date(`${parts[1]}T${parts[2]}Z`) : undefined;
}
