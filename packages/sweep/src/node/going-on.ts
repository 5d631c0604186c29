import { stat } from 'node:fs/promises';
import { join } from 'node:path';

/** What `train --resume` takes beside the folder, and whether a value follows. */
const KEPT: Readonly<Record<string, boolean>> = {
  '--workers': true,
  '--data-workers': true,
  '--log': true,
  '--log-batches': false,
  '--report': true,
};

/**
 * How a command goes on that was cut short: a training from its checkpoint, to the same bits; undefined where it has to
 * begin again.
 *
 * @param output where it wrote to.
 */
export async function goingOn(
  command: readonly string[],
  output: string,
): Promise<string[] | undefined> {
  if (command[0] !== 'train' || !command.includes(output)) return undefined;
  const checkpoint = await stat(join(output, 'checkpoint.bin')).catch(() => undefined);
  if (!checkpoint) return undefined;
  const kept: string[] = [];
  for (let k = 1; k < command.length; k++) {
    const [flag] = command[k].split('=');
    if (!Object.hasOwn(KEPT, flag)) continue;
    kept.push(command[k]);
    if (KEPT[flag] && flag === command[k]) kept.push(command[++k]);
  }
  return ['train', '--resume', output, ...kept];
}
