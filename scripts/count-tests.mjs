import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './run.mjs';

/**
 * `count-tests REPORT.json`: prints `passed failed skipped` of a Jest report. Exits with 1, naming the tests, when one
 * was skipped that did not have to be: a title may ask only for what a machine cannot have.
 */
const report = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const excusable = [
  /GPU/i,
  /no users here/,
  /cannot be mounted here/,
  ...(process.env.DIFFUSION_WITHOUT_TFJS_NODE ? [/tfjs-node/] : []),
  ...(existsSync(join(root, '../shared')) ? [] : [/shared/]),
];
const skipped = report.testResults.flatMap(({ assertionResults }) =>
  assertionResults
    .filter(({ status }) => status === 'pending' || status === 'todo')
    .map(({ fullName }) => fullName),
);
const inexcusable = skipped.filter((name) => !excusable.some((reason) => reason.test(name)));
for (const name of skipped) {
  process.stderr.write(`skipped${inexcusable.includes(name) ? ' without need' : ''}: ${name}\n`);
}
console.log(
  report.numPassedTests,
  report.numFailedTests + report.numRuntimeErrorTestSuites,
  skipped.length,
);
process.exit(inexcusable.length === 0 && report.numTotalTests > 0 ? 0 : 1);
