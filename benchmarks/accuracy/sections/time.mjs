import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

/** Milliseconds in a fresh process of this Node, the least of so many: the first answer after loading, and some tracks. */
export function time(where, { rounds, tracks, tell }) {
  const runs = [];
  for (let round = 0; round < rounds; round++) {
    tell(`time: round ${round + 1} of ${rounds}`);
    const script = join(import.meta.dirname, '../time-child.mjs');
    runs.push(
      JSON.parse(
        execFileSync(process.execPath, [script, where, `${rounds}`, `${tracks}`], {
          encoding: 'utf8',
        }),
      ),
    );
  }
  const least = (name) => Math.min(...runs.map((run) => run[name]));
  return {
    load: least('load'),
    firstAnswer: least('firstAnswer'),
    all: least('all'),
    byTwoWorkers: least('byTwoWorkers'),
    tracks,
    points: runs[0].points,
  };
}
