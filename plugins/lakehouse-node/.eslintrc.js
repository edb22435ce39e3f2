module.exports = require('@backstage/cli/config/eslint-factory')(__dirname, {
  overrides: [
    {
      // The contract is a suite that other files run.
      files: ['src/testing/contract/*.ts', 'src/testing/**/*Contract.ts'],
      rules: { 'jest/no-export': 'off' },
    },
  ],
});
