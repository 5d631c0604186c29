import { readFileSync } from 'node:fs';

/**
 * `count-tests REPORT.json`: prints `passed failed skipped` of a Jest report. Exits with 1, naming the tests, when one
 * was skipped that did not have to be. What a test may lack is named in its title by fixtures/needs.ts; that is excused
 * where a machine cannot have it, or where `DIFFUSION_WITHOUT` (names with commas between) says that this one has not.
 */
const report = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const linux = process.platform === 'linux';
const excused = [
  'a GPU',
  'a user who is not root',
  'a small disk',
  ...(linux ? [] : ['/dev/full', 'a terminal', 'a C compiler']),
  ...(linux && process.arch === 'x64'
    ? []
    : ['Node 20', 'Node 22', 'Node 24', 'Bun', 'vectors of 256 bits']),
  ...(process.env.DIFFUSION_WITHOUT ?? '').split(',').map((name) => name.trim()),
].filter(Boolean);
const lacking = (title) => /\(skipped for want of ([^:]+): /.exec(title)?.[1];

const skipped = report.testResults.flatMap(({ assertionResults }) =>
  assertionResults
    .filter(({ status }) => status === 'pending' || status === 'todo')
    .map(({ fullName }) => fullName),
);
const inexcusable = skipped.filter((title) => !excused.includes(lacking(title)));
for (const title of skipped) {
  process.stderr.write(`skipped${inexcusable.includes(title) ? ' without need' : ''}: ${title}\n`);
}
console.log(
  report.numPassedTests,
  report.numFailedTests + report.numRuntimeErrorTestSuites,
  skipped.length,
);
process.exit(inexcusable.length === 0 && report.numTotalTests > 0 ? 0 : 1);
