// A worker that squares numbers, and fails as it is told.

import { setTimeout } from 'node:timers/promises';
import { servePool } from '@diffusion/workers';

const order = [];
servePool(
  '@diffusion/own/worker',
  async ({ trouble, factor = 1 }, shared) => {
    if (trouble === 'setup') throw new RangeError('no such model\nand more');
    return async (task) => {
      if (trouble === 'throw' && task === 1) throw new RangeError('a bad task');
      if (trouble === 'silence' && task === 1) return new Promise(() => {});
      if (trouble === 'exit' && task === 1) process.exit(3);
      if (trouble === 'uncaught' && task === 1) {
        return new Promise(() => {
          setImmediate(() => {
            throw new Error('of its own');
          });
        });
      }
      if (trouble === 'function' && task === 1) return () => 0;
      if (task instanceof Float64Array) return task;
      if (trouble === 'order') {
        order.push(`from ${task}`);
        await setTimeout(5);
        order.push(`to ${task}`);
        return order;
      }
      if (shared.sums) shared.sums[task] += 1;
      return factor * task ** 2;
    };
  },
  (result) => (result instanceof Float64Array ? [result.buffer] : []),
);
