import { PIECE } from './limits.ts';

/** Bytes as they come: from a file, a response, or memory. */
export type ByteSource = AsyncIterable<Uint8Array> | ReadableStream<Uint8Array> | Uint8Array;

/** The pieces of a source, without the empty ones, and large ones cut. */
export async function* chunks(source: ByteSource): AsyncGenerator<Uint8Array> {
  if (ArrayBuffer.isView(source)) {
    yield* cut(source);
  } else if (Symbol.asyncIterator in source) {
    for await (const chunk of source) yield* cut(chunk);
  } else {
    for await (const chunk of drain(source as ReadableStream<Uint8Array>)) yield* cut(chunk);
  }
}

/** A piece in pieces of at most so many bytes. */
export function* cut(chunk: Uint8Array, size = PIECE): Generator<Uint8Array> {
  for (let from = 0; from < chunk.length; from += size) yield chunk.subarray(from, from + size);
}

/** Pieces that are held already, in one array. */
export function joinBytes(pieces: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
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
  const head = joinBytes(first);
  async function* whole() {
    if (head.length > 0) yield head;
    yield* source;
  }
  const close = async () => {
    await source.return(undefined);
  };
  return { head, whole: whole(), close };
}

/**
 * Bytes sent through a stream such as a DecompressionStream, in Node and browsers alike. A piece is sent when the one
 * before it was taken, and not when the stream says that it has room: Node's has room for 16,384 pieces of any size.
 */
export async function* through(
  source: AsyncIterable<Uint8Array>,
  transform: { readable: ReadableStream<Uint8Array>; writable: WritableStream<BufferSource> },
  onSourceError: (error: unknown) => void = () => {},
): AsyncGenerator<Uint8Array> {
  const writer = transform.writable.getWriter();
  // What goes wrong on the way in comes out of the readable side too.
  const sent = send(source, writer, onSourceError).catch((error) =>
    writer.abort(error).catch(() => {}),
  );
  try {
    yield* drain(transform.readable);
  } finally {
    // By then the source has been let go of, also where the reader stops half-way.
    await sent;
  }
}

async function send(
  source: AsyncIterable<Uint8Array>,
  writer: WritableStreamDefaultWriter<BufferSource>,
  onSourceError: (error: unknown) => void,
): Promise<void> {
  const iterator = source[Symbol.asyncIterator]();
  const next = () =>
    iterator.next().catch((error) => {
      onSourceError(error);
      throw error;
    });
  try {
    for (let piece = await next(); !piece.done; piece = await next()) {
      await writer.write(piece.value as Uint8Array<ArrayBuffer>);
    }
    await writer.close();
  } finally {
    await iterator.return?.();
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
