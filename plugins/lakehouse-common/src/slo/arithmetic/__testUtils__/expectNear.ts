/** Agrees to 1e-9: of the figure, or of 1 where it is smaller. */
export function expectNear(actual: number | undefined, expected: number): void {
  expect(actual).toBeDefined();
  const scale = Math.max(1, Math.abs(expected));
  expect((actual ?? NaN) / scale).toBeCloseTo(expected / scale, 9);
}
