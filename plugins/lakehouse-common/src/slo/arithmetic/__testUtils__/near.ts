/** Matches a figure that agrees to 1e-9: of the figure, or of 1 where it is smaller. */
export function near(expected: number): unknown {
  const digits = Math.ceil(Math.log10(Math.max(1, Math.abs(expected))));
  return expect.closeTo(expected, 9 - digits);
}
