import { Images, Tracks, textColumn } from '@diffusion/tracks';
import fc from 'fast-check';
import { noAugmentation } from '../augment/augment.ts';
import { stretchTracks } from '../bank/stretch-tracks.ts';
import { oneLengthBatches } from '../one-length-batches.ts';
import { repeatedTracks } from '../repeated-tracks.ts';
import { applyBalance } from './apply-balance.ts';
import { type BalanceRecipe, checkBalance } from './balance-recipe.ts';
import { balancedTracks } from './balanced-tracks.ts';
import { balancedWeights } from './class-weights.ts';
import { oversampled } from './oversampled.ts';
import { undersampled } from './undersampled.ts';

/** How often each number occurs. */
function countsOf(numbers: Iterable<number>): Map<number, number> {
  const counts = new Map<number, number>();
  for (const number of numbers) counts.set(number, (counts.get(number) ?? 0) + 1);
  return counts;
}

const codesOf = fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 1, maxLength: 60 });

describe('oversampling', () => {
  it('makes every class as frequent as the largest, each member nearly as often as any of its class', () => {
    fc.assert(
      fc.property(codesOf, fc.integer(), fc.nat({ max: 9 }), (codes, seed, epoch) => {
        const most = Math.max(...countsOf(codes).values());
        const places = oversampled(codes, seed, epoch);
        const ofClasses = countsOf(Array.from(places, (place) => codes[place]));
        expect(new Set(ofClasses.values())).toEqual(new Set([most]));
        expect(new Set(ofClasses.keys())).toEqual(new Set(codes));
        const times = countsOf(places);
        expect(times.size).toBe(codes.length);
        for (const [place, often] of times) {
          const own = codes.filter((code) => code === codes[place]).length;
          expect([Math.floor(most / own), Math.ceil(most / own)]).toContain(often);
        }
      }),
      { seed: 2, numRuns: 100 },
    );
  });

  it('draws anew in every epoch, the same for the same seed', () => {
    const codes = [...new Array(30).fill(0), ...new Array(20).fill(1)];
    const drawn = [0, 1, 0].map((epoch) => [...oversampled(codes, 7, epoch)]);
    expect(drawn[2]).toEqual(drawn[0]);
    expect(drawn[1]).not.toEqual(drawn[0]);
    expect([...oversampled(codes, 8, 0)]).not.toEqual(drawn[0]);
  });
});

describe('undersampling', () => {
  it('makes every class as rare as the rarest, without taking a member twice', () => {
    fc.assert(
      fc.property(codesOf, fc.integer(), (codes, seed) => {
        const fewest = Math.min(...countsOf(codes).values());
        const places = undersampled(codes, seed, 0);
        const ofClasses = countsOf(Array.from(places, (place) => codes[place]));
        expect(new Set(ofClasses.values())).toEqual(new Set([fewest]));
        expect(new Set(ofClasses.keys())).toEqual(new Set(codes));
        expect(new Set(places).size).toBe(places.length);
      }),
      { seed: 3, numRuns: 100 },
    );
  });

  it('leaves a fifth of the largest class out, another one in every epoch', () => {
    const codes = [...new Array(50).fill(0), ...new Array(20).fill(1), ...new Array(8).fill(2)];
    const left = [0, 1].map((epoch) => {
      const places = undersampled(codes, 5, epoch, 0.2);
      expect(countsOf(Array.from(places, (place) => codes[place]))).toEqual(
        new Map([
          [0, 40],
          [1, 20],
          [2, 8],
        ]),
      );
      return codes.flatMap((_, place) => (places.includes(place) ? [] : [place]));
    });
    expect(left[0]).not.toEqual(left[1]);
    // In the mean over epochs every member is left out as often: 200 epochs × 10 of 50, ± 5 σ.
    const times = new Array(50).fill(0);
    for (let epoch = 0; epoch < 200; epoch++) {
      const places = new Set(undersampled(codes, 5, epoch, 0.2));
      for (let i = 0; i < 50; i++) if (!places.has(i)) times[i]++;
    }
    for (const often of times) expect(Math.abs(often - 40)).toBeLessThan(5 * Math.sqrt(32));
  });

  it('refuses a share that leaves nothing, and codes that are none', () => {
    expect(() => undersampled([0, 1], 1, 0, 1)).toThrow('share is 1: expected 0 < share < 1');
    expect(() => undersampled([], 1, 0)).toThrow('codes is empty');
    expect(() => oversampled([0, 1.5], 1, 0)).toThrow('codes[1] is 1.5: expected an integer');
  });
});

describe('class weights', () => {
  it('are those that scikit-learn calls balanced', () => {
    // compute_class_weight('balanced', classes=[0, 1, 2], y=[0, 0, 0, 1, 2, 2])
    const weights = balancedWeights([0, 0, 0, 1, 2, 2], 3);
    for (const [k, weight] of [2 / 3, 2, 1].entries()) expect(weights[k]).toBeCloseTo(weight, 12);
  });

  it('need a member of every class', () => {
    expect(() => balancedWeights([0, 2], 3)).toThrow(
      'class 1 has no member: expected at least one',
    );
    expect(() => balancedWeights([0, 2], 2)).toThrow('codes has 2: expected less than classes, 2');
  });
});

it('balances images by the same lists', () => {
  const labels = textColumn(['a', 'a', 'b', 'a', 'a']);
  const images = new Images({
    pixels: Uint8Array.of(1, 2, 3, 4, 5),
    count: 5,
    height: 1,
    width: 1,
    labels,
  });
  const places = oversampled(images.labels!.codes, 1, 0);
  const pixels = Array.from(places, (place) => images.at(place).pixels[0]);
  expect(pixels.sort((a, b) => a - b)).toEqual([1, 2, 3, 3, 3, 3, 4, 5]);
});

describe('a source that is balanced', () => {
  const tracks = new Tracks({
    positions: Float64Array.from({ length: 24 }, (_, i) => i),
    offsets: Uint32Array.from({ length: 13 }, (_, i) => 2 * i),
    dim: 1,
    trackColumns: { label: textColumn('aaaaaaaaabbc'.split('')) },
  });
  const labels = (balance: BalanceRecipe, epoch = 0): string => {
    const source = balancedTracks(tracks, balance as never, 4);
    const { label } = source.take(epoch, 0, source.perEpoch).trackColumns as {
      label: ReturnType<typeof textColumn>;
    };
    return Array.from(label.codes, (code) => label.dictionary[code]).join('');
  };
  const sorted = (text: string) => text.split('').sort().join('');

  it('gives every class as often, in another order in every epoch', () => {
    expect(sorted(labels({ kind: 'oversample' }))).toBe('aaaaaaaaabbbbbbbbbccccccccc');
    expect(sorted(labels({ kind: 'undersample' }))).toBe('abc');
    expect(sorted(labels({ kind: 'undersample', share: 1 / 3 }))).toBe('aaaaaabbc');
    expect(labels({ kind: 'oversample' })).not.toBe(labels({ kind: 'oversample' }, 1));
    const source = balancedTracks(tracks, { kind: 'oversample' }, 4);
    const whole = source.take(2, 0, 27).positions;
    expect([...source.take(2, 4, 9).positions]).toEqual([...whole.slice(8, 18)]);
  });

  const recipe = {
    epochs: 1,
    batchSize: 4,
    learningRate: 1,
    seed: 1,
    augmentation: noAugmentation,
  };
  const output = { kind: 'classes', classes: ['a', 'b', 'c'] } as const;
  const applied = (balance: BalanceRecipe, source = repeatedTracks(tracks, 1), loss = {}) =>
    applyBalance({ source, recipe: { ...recipe, balance, loss } }, output);

  it('is what a recipe makes of repeated tracks, or weights of the loss', () => {
    expect(applied({ kind: 'oversample' }).source.perEpoch).toBe(27);
    const weighted = applied({ kind: 'class-weights' }, undefined, { labelSmoothing: 0.1 });
    expect(weighted.source.perEpoch).toBe(12);
    expect(weighted.recipe.loss).toEqual({
      labelSmoothing: 0.1,
      classWeights: { a: 12 / 27, b: 2, c: 4 },
    });
  });

  it('reaches tracks that are cut behind it, batch by batch', () => {
    const stretches = stretchTracks(tracks, 2, 1);
    const batches = oneLengthBatches(repeatedTracks(tracks, 1), {
      batchSize: 4,
      seed: 1,
      augmentation: noAugmentation,
    });
    for (const source of [stretches, batches]) {
      const balanced = applied({ kind: 'oversample' }, source).source;
      expect(balanced.perEpoch).toBe(27);
      const { label } = balanced.take(1, 0, 27).trackColumns as {
        label: ReturnType<typeof textColumn>;
      };
      const all = Array.from(label.codes, (code) => label.dictionary[code]).join('');
      expect(sorted(all)).toBe('aaaaaaaaabbbbbbbbbccccccccc');
      const weighted = applied({ kind: 'class-weights' }, source);
      expect(weighted.source).toBe(source);
      expect(weighted.recipe.loss?.classWeights).toEqual({ a: 12 / 27, b: 2, c: 4 });
    }
  });

  it('is refused where it cannot be', () => {
    const { tracks: _, ...stream } = repeatedTracks(tracks, 1);
    expect(() => applied({ kind: 'oversample' }, stream)).toThrow(
      'expected a source that has the same tracks in every epoch, such as repeatedTracks gives',
    );
    expect(() => applied({ kind: 'class-weights' }, undefined, { classWeights: { a: 2 } })).toThrow(
      "expected none beside balance.kind 'class-weights'",
    );
  });

  it.each<[object, string]>([
    [{ kind: 'smote' }, 'since SMOTE makes rows of features'],
    [{}, 'balance.kind is undefined: expected oversample, undersample or class-weights'],
    [{ kind: 'oversampel' }, 'did you mean oversample?'],
    [{ kind: 'oversample', share: 0.2 }, 'balance.share is 0.2: expected it only with undersample'],
    [{ kind: 'undersample', share: 0 }, 'balance.share is 0: expected 0 < share < 1'],
    [{ kind: 'oversample', seed: 1 }, 'seed is 1: unknown option'],
    [{ kind: 'oversample', neighbours: 3 }, 'neighbours is 3: expected it only with smote'],
  ])('refuses %j', (balance, message) => {
    expect(() => checkBalance(balance as BalanceRecipe, output)).toThrow(message);
  });

  it('is SMOTE, too, where rows of features are learnt from', () => {
    const smote: BalanceRecipe = { kind: 'smote', neighbours: 3 };
    expect(() => checkBalance(smote, output, 'classifier')).not.toThrow();
    expect(() => checkBalance({ ...smote, neighbours: 0 }, output, 'classifier')).toThrow(
      'balance.neighbours is 0: expected an integer of at least 1',
    );
  });

  it('has no classes of exponents', () => {
    expect(() => checkBalance({ kind: 'oversample' }, { kind: 'exponent' })).toThrow(
      'expected it only with an output of classes',
    );
  });
});
