import { nextTurn } from './next-turn.ts';

/** What is heard, and in which order, while a computation gives way after each of its parts. */
async function heardBetween(turn: typeof nextTurn): Promise<string[]> {
  const heard: string[] = [];
  const { port1, port2 } = new MessageChannel();
  port2.onmessage = ({ data }) => void heard.push(data);
  port1.postMessage('message');
  for (let part = 0; part < 200 && !heard.includes('message'); part++) await turn();
  heard.push('end');
  port2.close();
  return heard;
}

describe('nextTurn', () => {
  it('lets a message be heard, where a promise alone would not', async () => {
    expect(await heardBetween(nextTurn)).toEqual(['message', 'end']);
    expect(await heardBetween(() => Promise.resolve())).toEqual(['end']);
  });

  it('does so without the means of Node, for all that wait, in their order', async () => {
    const global = globalThis as { setImmediate?: unknown };
    const { setImmediate } = global;
    const real = globalThis.MessageChannel;
    let ports: MessagePort[] = [];
    global.setImmediate = undefined;
    globalThis.MessageChannel = class extends real {
      constructor() {
        super();
        ports = [this.port1, this.port2];
      }
    };
    try {
      const order: number[] = [];
      const turns = [1, 2, 3].map(async (turn) => {
        await nextTurn();
        order.push(turn);
      });
      await Promise.all(turns);
      expect(order).toEqual([1, 2, 3]);
      expect(ports).toHaveLength(2);
    } finally {
      Object.assign(globalThis, { setImmediate, MessageChannel: real });
      for (const port of ports) port.close();
    }
  });
});
