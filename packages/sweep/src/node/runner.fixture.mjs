import { runSweep } from '@diffusion/sweep/node';

/** A program that runs a sweep: the sweep and the options, as JSON. */
const [sweep, options] = process.argv.slice(2).map((text) => JSON.parse(text));
await runSweep(sweep, options);
