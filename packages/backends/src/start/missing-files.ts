/** A backend's files that could not be had: by their URL and the answer that it got. Says so even where `cpu` would do. */
export class MissingFilesError extends Error {
  override readonly name = 'MissingFilesError';
}
