/** An address whose file was not got; the message is the reason. */
export class NotFetched extends Error {
  override readonly name = 'NotFetched';

  /** @param missing whether there is no such file: what is there and cannot be got is not missing. */
  constructor(
    message: string,
    readonly missing: boolean,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** Answers to what is not there; stores of objects that may not be listed say 403. */
const missing: readonly number[] = [403, 404, 410];

/**
 * The bytes of a file on the web.
 *
 * Throws {@link NotFetched} where it is not there, or comes cut off, or nothing answers.
 *
 * @param fetch what asks for the address.
 *
 * @example
 * await fetchBytes('https://example.org/models/four-classes/card.json', fetch);
 */
export async function fetchBytes(
  address: string,
  fetch: typeof globalThis.fetch,
): Promise<Uint8Array<ArrayBuffer>> {
  let response: Response;
  try {
    response = await fetch(address);
  } catch (cause) {
    throw new NotFetched((cause as Error).message, false, { cause });
  }
  const { ok, status } = response;
  if (!ok) throw new NotFetched(`status ${status}`, missing.includes(status));
  // Servers of single-page applications answer with the page what is not there.
  const type = response.headers.get('content-type') ?? '';
  if (/^text\/html\b/.test(type)) throw new NotFetched(`it is ${type}`, true);
  try {
    return new Uint8Array(await response.arrayBuffer());
  } catch (cause) {
    throw new NotFetched(`cut off in transfer: ${(cause as Error).message}`, false, { cause });
  }
}
