/** What both sides speak; another number where old and new do not understand each other. */
export const PROTOCOL = 'diffusion-workers 1';

/** What the thread that leads says to a worker. */
export type Order =
  | { readonly kind: 'setup'; readonly setup: unknown; readonly memory: Memory }
  | { readonly kind: 'task'; readonly id: number; readonly task: unknown };

/** What a worker says. */
export type Report =
  | {
      /** The first word: the script is there, and this is its name. */
      readonly kind: 'hello';
      readonly script: string;
      /** In a page, the lock that it holds until it ends. */
      readonly lock?: string;
    }
  | { readonly kind: 'ready' }
  | { readonly kind: 'done'; readonly id: number; readonly result: unknown }
  | { readonly kind: 'failed'; readonly name: string; readonly message: string };

/** Arrays that all threads see, by name. */
export type Memory = Record<string, Float32Array>;

/** A message of this protocol; a page's tools may send others over the same line. */
export type Spoken<Message> = Message & { readonly protocol: string };

export const spoken = <Message extends Order | Report>(message: Message): Spoken<Message> => ({
  protocol: PROTOCOL,
  ...message,
});

/** The message, where it is one of this protocol in any version. */
export function heard<Message>(message: unknown): Spoken<Message> | undefined {
  const { protocol } = (message ?? {}) as { protocol?: unknown };
  const ours = typeof protocol === 'string' && protocol.startsWith('diffusion-workers ');
  return ours ? (message as Spoken<Message>) : undefined;
}
