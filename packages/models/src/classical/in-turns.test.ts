import { gajowczyk2021 } from '@diffusion/simulate';
import { featureRows, featureRowsInPieces } from './feature-rows.ts';
import { type FitClassicalOptions, fitClassical, fitClassicalAsync } from './fit-classical.ts';
import { atOnce, inTurns, type Pieces } from './in-turns.ts';

const tracks = gajowczyk2021({ count: 150, seed: 1 }).generate();
const features = ['alpha', 'straightness', 'vacf1', 'asymmetry'] as const;
const kinds = ['forest', 'boosting', 'svm', 'logistic'] as const;

function* countTo(last: number, seen: number[]): Pieces<string> {
  for (let i = 1; i <= last; i++) {
    seen.push(i);
    yield;
  }
  return 'done';
}

/** Work that never ends, 1 ms a piece. */
function* endless(): Pieces<never> {
  for (;;) {
    const began = performance.now();
    while (performance.now() - began < 1);
    yield;
  }
}

describe('work in pieces', () => {
  it('gives its result, at once or in turns', async () => {
    const [one, other]: number[][] = [[], []];
    expect(atOnce(countTo(3, one))).toBe('done');
    expect(await inTurns(countTo(3, other))).toBe('done');
    expect([one, other]).toEqual([
      [1, 2, 3],
      [1, 2, 3],
    ]);
  });

  it('lets other things have their turn, and ends with the reason of a signal', async () => {
    const stop = new AbortController();
    let turns = 0;
    const timer = setInterval(() => {
      if (++turns === 3) stop.abort(new Error('enough'));
    }, 1);
    await expect(inTurns(endless(), stop.signal)).rejects.toThrow('enough');
    clearInterval(timer);
    expect(turns).toBe(3);
  });

  it('does not begin once the signal is aborted', async () => {
    const seen: number[] = [];
    const signal = AbortSignal.abort(new Error('before'));
    await expect(inTurns(countTo(3, seen), signal)).rejects.toThrow('before');
    expect(seen).toEqual([]);
  });

  it('has the same rows of features', () => {
    expect(atOnce(featureRowsInPieces(tracks, features))).toEqual(featureRows(tracks, features));
  });
});

describe('fitClassicalAsync', () => {
  it.each(kinds)('fits the same %s', async (kind) => {
    const options = { kind, tracks, features, ...(kind === 'logistic' ? {} : { seed: 3 }) };
    const model = await fitClassicalAsync(options as FitClassicalOptions);
    const same = fitClassical(options as FitClassicalOptions);
    expect(model.card).toEqual(same.card);
    expect(JSON.stringify(model.classifier)).toBe(JSON.stringify(same.classifier));
  });

  it.each<[FitClassicalOptions]>([
    [{ kind: 'forest', tracks, features, trees: 100_000 }],
    [
      {
        kind: 'boosting',
        tracks,
        features,
        rounds: 100_000,
        learningRate: 1e-9,
        validationShare: 0,
        minLeaf: 1,
      },
    ],
  ])('ends $kind within its trees', async (options) => {
    const stop = new AbortController();
    setTimeout(() => stop.abort(new Error('stopped')), 50);
    await expect(fitClassicalAsync(options, stop.signal)).rejects.toThrow('stopped');
  });

  it('rejects what is wrong', async () => {
    const wrong = { kind: 'oracle', tracks, features } as unknown as FitClassicalOptions;
    await expect(fitClassicalAsync(wrong)).rejects.toThrow(
      'kind is "oracle": expected forest, boosting, svm or logistic',
    );
  });
});
