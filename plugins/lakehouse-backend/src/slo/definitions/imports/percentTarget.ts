import { quote } from '../yaml/fields';
import type { Spot } from '../yaml/Spot';

/** A target in percent as a share above 0 and below 1. */
export function percentTarget(percent: number, spot: Spot): number | undefined {
  if (percent > 0 && percent < 100) {
    if (percent < 1) {
      spot.warn(
        `The target is ${percent} %, so nearly everything may fail. It goes to 100; write ${
          percent * 100
        } if that is meant.`,
      );
    }
    return Number((percent / 100).toPrecision(12));
  }
  return spot.error(
    percent === 100
      ? 'A target of 100 % leaves no budget: the first failure breaks the promise, and burn rates would be infinite. Write what is still good enough, such as 99.9.'
      : `${quote(
          percent,
        )} is no target: it promises nothing, or more than all. Write a percentage above 0 and below 100, such as 99.9.`,
  );
}
