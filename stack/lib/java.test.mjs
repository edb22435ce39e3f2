import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { findJava, parseJavaVersion } from './java.mjs';

describe('parseJavaVersion', () => {
  for (const [output, version] of [
    ['openjdk version "25.0.3" 2026-04-21 LTS\nOpenJDK Runtime', 25],
    ['openjdk version "24" 2025-03-18', 24],
    ['openjdk version "26-ea" 2026-03-17', 26],
    ['openjdk version "17.0.15" 2025-04-15', 17],
    ['java version "1.8.0_292"', 8],
    ['Picked up JAVA_TOOL_OPTIONS: -Xmx1g\nopenjdk version "21.0.1" 2023', 21],
    ['The operation couldn’t be completed. Unable to locate a Java', undefined],
  ]) {
    it(`reads ${version} from '${output.slice(0, 40)}'`, () => {
      assert.equal(parseJavaVersion(output), version);
    });
  }
});

describe('findJava', () => {
  it('tells which versions it saw when none is new enough', async () => {
    const { home, seen } = await findJava({ minVersion: 1000 });
    assert.equal(home, undefined);
    assert.ok(seen.every(text => /^\d+ in \//.test(text)));
  });
});
