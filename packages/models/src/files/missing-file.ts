import { ModelError } from '../errors.ts';

/** There is no such file, which says nothing against others; what is there and cannot be read is another {@link ModelError}. */
export class MissingFile extends ModelError {}
