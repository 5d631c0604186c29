/** Bytes as they come: from a file, a response, or memory. */
export type ByteSource = AsyncIterable<Uint8Array> | ReadableStream<Uint8Array> | Uint8Array;

/** The pieces of a source, without the empty ones. */
export async function* chunks(source: ByteSource): AsyncGenerator<Uint8Array> {
  if (ArrayBuffer.isView(source)) {
    if (source.length > 0) yield source;
  } else if (Symbol.asyncIterator in source) {
    for await (const chunk of source) if (chunk.length > 0) yield chunk;
  } else {
    yield* drain(source as ReadableStream<Uint8Array>);
  }
}

/** The first `count` bytes (fewer when there are no more), and all of it again from the beginning. */
export async function peek(
  source: AsyncGenerator<Uint8Array>,
  count: number,
): Promise<{ head: Uint8Array; whole: AsyncGenerator<Uint8Array> }> {
  const first: Uint8Array[] = [];
  let length = 0;
  while (length < count) {
    const { value, done } = await source.next();
    if (done) break;
    first.push(value);
    length += value.length;
  }
  const head = new Uint8Array(length);
  let at = 0;
  for (const chunk of first) {
    head.set(chunk, at);
    at += chunk.length;
  }
  async function* whole() {
    try {
      if (head.length > 0) yield head;
      yield* source;
    } finally {
      await source.return(undefined);
    }
  }
  return { head, whole: whole() };
}

/** Bytes sent through a stream such as a DecompressionStream, in Node and browsers alike. */
export async function* through(
  source: AsyncIterable<Uint8Array>,
  transform: { readable: ReadableStream<Uint8Array>; writable: WritableStream<BufferSource> },
  onSourceError: (error: unknown) => void = () => {},
): AsyncGenerator<Uint8Array> {
  const iterator = source[Symbol.asyncIterator]();
  const input = new ReadableStream<BufferSource>(
    {
      async pull(controller) {
        try {
          const { value, done } = await iterator.next();
          if (done) controller.close();
          else controller.enqueue(value as Uint8Array<ArrayBuffer>);
        } catch (error) {
          onSourceError(error);
          controller.error(error);
        }
      },
      async cancel() {
        await iterator.return?.();
      },
    },
    { highWaterMark: 0 },
  );
  // What goes wrong on the way in comes out of the readable side too.
  const piped = input.pipeTo(transform.writable).catch(() => {});
  try {
    yield* drain(transform.readable);
  } finally {
    // By then the source has been let go of, also where the reader stops half-way.
    await piped;
  }
}

async function* drain(stream: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  const reader = stream.getReader();
  let finished = false;
  try {
    for (;;) {
      const { value, done } = await reader.read();
      if (done) break;
      if (value.length > 0) yield value;
    }
    finished = true;
  } finally {
    if (!finished) await reader.cancel().catch(() => {});
    reader.releaseLock();
  }
}
