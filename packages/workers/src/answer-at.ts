/** Seconds that a server has to answer. */
const LIMIT = 5;

/** In a page: what stands at a URL that a worker could not be loaded from, in words; undefined where nobody can say. */
export async function answerAt(url: string): Promise<string | undefined> {
  if (!/^(https?|blob):/.test(url) || typeof fetch === 'undefined') return undefined;
  try {
    const { status, headers, body } = await fetch(url, {
      signal: AbortSignal.timeout(LIMIT * 1000),
    });
    await body?.cancel();
    const type = headers.get('content-type') ?? 'no content type';
    return `${url} answers with status ${status} and ${type}`;
  } catch (error) {
    return `${url} does not answer (${(error as Error).message})`;
  }
}
