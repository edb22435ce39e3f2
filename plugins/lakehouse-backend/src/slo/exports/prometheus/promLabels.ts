/** Labels with keys that Prometheus takes; those that are reserved are left out. */
export function promLabels(
  labels: Readonly<Record<string, string>>,
  reserved: readonly string[] = [],
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(labels).flatMap(([key, value]) => {
      const name = key.replace(/[^a-zA-Z0-9_]/g, '_').replace(/^(?=\d)/, '_');
      return reserved.includes(name) || name.startsWith('__') || !value
        ? []
        : [[name, plainTemplate(value)] as const];
    }),
  );
}

/** Labels of alerts and annotations are templates of Go: what looks like one in a person's text stays text. */
export function plainTemplate(text: string): string {
  return text.replaceAll('{{', '{{ "{{" }}');
}
