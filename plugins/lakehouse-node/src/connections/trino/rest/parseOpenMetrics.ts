const SAMPLE = /^([a-zA-Z_:][a-zA-Z0-9_:]*)\s+(\S+)(?:\s+\S+)?$/;

/**
 * Reads the samples without labels of an OpenMetrics page. Comments, samples with
 * labels and figures that are not finite are left out: Trino prints NaN for what it
 * has not measured.
 *
 * Source: OpenMetrics 1.0, "Text format".
 */
export function parseOpenMetrics(text: string): Map<string, number> {
  const samples = new Map<string, number>();
  for (const line of text.split('\n')) {
    const match = SAMPLE.exec(line.trim());
    const value = match ? Number(match[2]) : NaN;
    if (match && Number.isFinite(value)) samples.set(match[1], value);
  }
  return samples;
}
