// An encoder that looks whether the memory of the tracks before is still there.
import { isMainThread } from 'node:worker_threads';

let before;

export const remembering = {
  name: 'remembering',
  channels: () => 1,
  write(_, out) {
    const gone = before !== undefined && before.length === 0;
    out[0] = gone ? -1 : isMainThread ? 1 : 2;
    before = out;
  },
};
