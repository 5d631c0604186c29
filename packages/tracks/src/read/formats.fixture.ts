import { readFileSync } from 'node:fs';
import { referencePath } from '../../../../fixtures/reference.ts';

/** The bytes of a file that another program wrote: fixtures/formats/make.py says which. */
export const formatFile = (name: string): Uint8Array =>
  new Uint8Array(readFileSync(referencePath(`formats/${name}`)));
