/** A question to a worker, and what it says of it. */
export interface Question {
  readonly id: number;
  readonly name: string;
  readonly given: unknown;
}

export type Word =
  | { readonly id: number; readonly kind: 'news'; readonly news: unknown }
  | { readonly id: number; readonly kind: 'answer'; readonly answer: unknown }
  | { readonly id: number; readonly kind: 'failed'; readonly message: string };

// biome-ignore lint/suspicious/noExplicitAny: a table of functions, each with types of its own
export type Handlers = Record<string, (given: any, tell: (news: any) => void) => any>;

/** Buffers that move with an answer in place of being copied. */
export const moved = new WeakMap<object, Transferable[]>();

/** An answer whose buffers move to the page. */
export function moving<Answer extends object>(answer: Answer, buffers: Transferable[]): Answer {
  moved.set(answer, buffers);
  return answer;
}

/** In a worker: answers questions by their names. */
export function serve(handlers: Handlers): void {
  const scope = self as unknown as {
    onmessage: (event: MessageEvent<Question>) => void;
    postMessage(word: Word, transfer: Transferable[]): void;
  };
  scope.onmessage = async ({ data: { id, name, given } }) => {
    try {
      const answer = await handlers[name](given, (news) =>
        scope.postMessage({ id, kind: 'news', news }, []),
      );
      scope.postMessage({ id, kind: 'answer', answer }, (answer && moved.get(answer)) ?? []);
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      scope.postMessage({ id, kind: 'failed', message }, []);
    }
  };
}
