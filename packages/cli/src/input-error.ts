/** Arguments that cannot be carried out as given: one line, exit code 2. */
export class InputError extends Error {
  override readonly name = 'InputError';
}
