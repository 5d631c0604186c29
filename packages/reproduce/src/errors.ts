/** What cannot be reproduced as asked for: one line that quotes what was given and says what is expected. */
export class ReproduceError extends Error {
  override readonly name = 'ReproduceError';
}
