import { Worker } from 'node:worker_threads';
// The built package: its worker script is a file of its own.
import { dataSet, gajowczyk2021, parallelBatches } from '@diffusion/simulate';
import type { Tracks } from '@diffusion/tracks';

const set = gajowczyk2021({ count: 60, seed: 5 });

async function collect(batches: AsyncIterable<Tracks>): Promise<Tracks[]> {
  const list: Tracks[] = [];
  for await (const tracks of batches) list.push(tracks);
  return list;
}

const plain = (list: Tracks[]): unknown => ({
  positions: list.flatMap((tracks) => [...tracks.positions]),
  sigma: list.flatMap((tracks) => [...(tracks.trackColumns.sigma as Float64Array)]),
});

describe('parallelBatches', () => {
  it.each([
    [1, 7],
    [2, 60],
    [3, 11],
    [7, 1],
  ])('gives the same bits with %i workers and batches of %i', async (workers, size) => {
    const whole = plain([set.generate()]);
    expect(plain(await collect(parallelBatches(set, { size, workers })))).toEqual(whole);
  });

  it('keeps gaps, cut tracks and text columns', async () => {
    const cut = dataSet({
      count: 30,
      seed: 2,
      dim: 1,
      length: 50,
      missed: 0.2,
      fieldOfView: { size: 6, minPoints: 3 },
      classes: [{ model: 'brownian' }, { model: 'ctrw', parameters: { alpha: 0.8 } }],
    });
    const list = await collect(parallelBatches(cut, { size: 30, workers: 1 }));
    expect(list[0].data).toEqual(cut.generate().data);
  });

  it('ends when the reader stops early', async () => {
    for await (const tracks of parallelBatches(set, { size: 2, workers: 2 })) {
      expect(tracks.count).toBe(2);
      break;
    }
  });

  it('says so when a worker dies, instead of waiting', async () => {
    const dying = (): Worker => new Worker('process.exit(3)', { eval: true });
    await expect(
      collect(parallelBatches(set, { size: 5, workers: 2, createWorker: dying })),
    ).rejects.toThrow(
      /^worker [12] of 2 did not start: exit code 3: expected the script @diffusion\/simulate\/worker/,
    );
    const throwing = (): Worker => new Worker('throw new Error("no memory")', { eval: true });
    await expect(
      collect(parallelBatches(set, { size: 5, workers: 1, createWorker: throwing })),
    ).rejects.toThrow('worker 1 of 1 did not start: no memory');
  });

  it('says so when a worker dies in the middle', async () => {
    const url = new URL(import.meta.resolve('@diffusion/simulate/worker'));
    const workers: Worker[] = [];
    const createWorker = (): Worker => {
      const worker = new Worker(url);
      workers.push(worker);
      return worker;
    };
    const read = async (): Promise<void> => {
      for await (const _ of parallelBatches(set, { size: 1, workers: 1, createWorker })) {
        await workers[0].terminate();
      }
    };
    await expect(read()).rejects.toThrow('worker 1 of 1 ended: exit code 1');
  });

  it('refuses wrong arguments at once', () => {
    expect(() => parallelBatches(set, { size: 0 })).toThrow('size is 0: expected an integer ≥ 1');
    expect(() => parallelBatches(set, { size: 1, workers: 0 })).toThrow('workers is 0');
  });
});
