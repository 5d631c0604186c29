import { quote } from '@diffusion/tracks/messages';
import { InputError } from '../input-error.ts';
import type { KeptRun } from './origin.ts';

/**
 * What a checkpoint says of its run, checked field by field: anybody may have written
 * it. Names of networks and backends, and the fields of specifications, are checked where they are used.
 *
 * Throws an {@link InputError} that names the field.
 *
 * @param path the checkpoint, for messages.
 */
export function checkRun(run: unknown, path: string): KeptRun {
  const fail = (field: string, value: unknown, expected: string): never => {
    throw new InputError(
      `${path}: is not of a training of this command (${field} is ${quote(value)}): expected ${expected}`,
    );
  };
  const record = (field: string, value: unknown): Record<string, unknown> =>
    isRecord(value) ? value : fail(field, value, 'an object');
  const text = (field: string, value: unknown): string =>
    typeof value === 'string' && value !== '' ? value : fail(field, value, 'a text');
  const integer = (field: string, value: unknown, least: number): void => {
    if (!(Number.isSafeInteger(value) && (value as number) >= least)) {
      fail(field, value, `an integer of at least ${least}`);
    }
  };

  const all = record('run', run);
  const network = record('run.network', all.network);
  text('run.network.name', network.name);
  record('run.network.options', network.options);
  const data = record('run.data', all.data);
  if ('folder' in data) text('run.data.folder', data.folder);
  else {
    const { dataSets, tracksPerEpoch } = data;
    if (!Array.isArray(dataSets) || dataSets.length === 0 || !dataSets.every(isRecord)) {
      fail('run.data.dataSets', dataSets, 'a list of at least one specification');
    }
    integer('run.data.tracksPerEpoch', tracksPerEpoch, 1);
  }
  for (const field of ['epochs', 'batchSize', 'shards']) integer(`run.${field}`, all[field], 1);
  integer('run.seed', all.seed, 0);
  const { learningRate, backend } = all;
  if (!(typeof learningRate === 'number' && learningRate > 0)) {
    fail('run.learningRate', learningRate, 'a positive number');
  }
  text('run.backend', backend);
  const { folder, files } = record('run.origin', all.origin);
  if (folder !== undefined) text('run.origin.folder', folder);
  for (const [name, digest] of Object.entries(record('run.origin.files', files))) {
    text(`run.origin.files.${name}`, digest);
  }
  return run as KeptRun;
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
