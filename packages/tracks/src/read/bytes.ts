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

/** A source of which the first bytes are known. */
export interface Peeked {
  /** The first bytes: as many as were asked for or a few more, or all where there are fewer. */
  head: Uint8Array;
  /** All of it, from the beginning. */
  whole: AsyncIterable<Uint8Array>;
  /** Lets go of the source, whether `whole` was read or not. */
  close(): Promise<void>;
}

/** Looks at the first `count` bytes of a source. */
export async function peek(source: AsyncGenerator<Uint8Array>, count: number): Promise<Peeked> {
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
    if (head.length > 0) yield head;
    yield* source;
  }
  const close = async () => {
    await source.return(undefined);
  };
  return { head, whole: whole(), close };
}

/** Bytes sent through a stream such as a DecompressionStream, in Node and browsers alike. */
export async function* through(
  source: AsyncIterable<Uint8Array>,
  transform: { readable: ReadableStream<Uint8Array>; writable: WritableStream<BufferSource> },
  onSourceError: (error: unknown) => void = () => {},
): AsyncGenerator<Uint8Array> {
  const iterator = source[Symbol.asyncIterator]();
  let cancelled = false;
  const input = new ReadableStream<BufferSource>(
    {
      async pull(controller) {
        try {
          const { value, done } = await iterator.next();
          // The transform may have given up (damaged data) while the source was read.
          if (cancelled) return;
          if (done) controller.close();
          else controller.enqueue(value as Uint8Array<ArrayBuffer>);
        } catch (error) {
          onSourceError(error);
          controller.error(error);
        }
      },
      async cancel() {
        cancelled = true;
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
