import { Command } from 'commander';
import { interruption } from '../interruption.ts';
import { ownProgram } from '../own-program.ts';
import { counted, printJson, printLines } from '../print.ts';
import { integer } from '../values.ts';

interface Options {
  redis: string;
  workers?: number;
  drain?: boolean;
  json?: boolean;
}

/** `diffusion worker --redis URL`: does tasks that `diffusion sweep run --engine redis` puts into a queue. */
export function worker(): Command {
  return new Command('worker')
    .description('do tasks of sweeps that are run over Redis, until it is told to end')
    .requiredOption('--redis <url>', 'where Redis is, such as redis://localhost:6379')
    .option('--workers <n>', 'tasks at once (default: one per core)', integer(1))
    .option('--drain', 'end where no task is left')
    .option('--json', 'one JSON document on stdout')
    .action(async ({ redis: url, workers, drain, json }: Options) => {
      const { serveRedis } = await import('@diffusion/sweep/redis');
      const ended: { folder: string; name: string; state: string; reason?: string }[] = [];
      const { signal } = interruption;
      await serveRedis({
        ...{ url, program: ownProgram(), workers, drain, signal },
        onTask: (task) => ended.push(task),
      });
      signal.throwIfAborted();
      if (json) printJson({ tasks: ended });
      else printLines([counted(ended.length, 'task')]);
    });
}
