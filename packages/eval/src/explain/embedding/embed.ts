import { keyedRandom } from '@diffusion/random';
import { checkOptions } from '@diffusion/tracks/messages';
import { UMAP } from 'umap-js';
import { EvaluationError } from '../../errors.ts';

/** Options of {@link embed}. */
export interface EmbedOptions {
  /** Rows that count as near; 15 unless told, and fewer than there are rows. */
  readonly neighbours?: number;
  /** How close points of the picture may come; 0.1 unless told. */
  readonly minDistance?: number;
  /** Any safe integer; 1 unless told. */
  readonly seed?: number;
  /** Told of the share that is done. */
  readonly onProgress?: (share: number) => void;
}

const KNOWN = { neighbours: true, minDistance: true, seed: true, onProgress: true } as const;

/**
 * A picture of vectors in two dimensions by UMAP (McInnes, Healy & Melville 2018): what is near in it is near among the vectors; how
 * far apart groups lie, and how large they are, tells nothing. Columns are made standard first.
 *
 * Throws {@link EvaluationError} for an option that there is not or that is out of range, for fewer than four rows, and for numbers that are not finite.
 *
 * @param values rows × width.
 * @returns rows × 2.
 *
 * @example
 * const places = await embed(vectors.values, vectors.width, { seed: 1 });
 */
export async function embed(
  values: ArrayLike<number>,
  width: number,
  options: EmbedOptions = {},
): Promise<Float64Array> {
  checkOptions<EmbedOptions>('embed', options, KNOWN, EvaluationError);
  const { neighbours = 15, minDistance = 0.1, seed = 1, onProgress } = options;
  if (!(Number.isInteger(neighbours) && neighbours >= 2)) {
    throw new EvaluationError(`neighbours is ${neighbours}: expected an integer of at least 2`);
  }
  const count = values.length / width;
  if (!(Number.isInteger(count) && count >= 4)) {
    throw new EvaluationError(
      `values has ${values.length} numbers: expected rows of ${width}, and four at least`,
    );
  }
  const rows = standardRows(values, width, count);
  const random = keyedRandom(seed, 'occlusion', 4);
  const umap = new UMAP({
    nComponents: 2,
    nNeighbors: Math.min(neighbours, count - 1),
    minDist: minDistance,
    random: () => random.uniform(),
  });
  const epochs = umap.initializeFit(rows);
  for (let epoch = 0; epoch < epochs; epoch++) {
    umap.step();
    if (epoch % 20 === 0) {
      onProgress?.(epoch / epochs);
      // A turn of the event loop, so that a page stays alive and an interruption is heard.
      await new Promise((resolve) => setTimeout(resolve, 0));
    }
  }
  return Float64Array.from(umap.getEmbedding().flat());
}

function standardRows(values: ArrayLike<number>, width: number, count: number): number[][] {
  const rows = Array.from({ length: count }, () => new Array<number>(width).fill(0));
  for (let k = 0; k < width; k++) {
    let [sum, squares] = [0, 0];
    for (let i = 0; i < count; i++) {
      const value = values[i * width + k];
      if (!Number.isFinite(value)) {
        throw new EvaluationError(`values[${i * width + k}] is ${value}: expected a finite number`);
      }
      sum += value;
    }
    for (let i = 0; i < count; i++) squares += (values[i * width + k] - sum / count) ** 2;
    const deviation = Math.sqrt(squares / count);
    for (let i = 0; i < count; i++) {
      rows[i][k] = deviation > 0 ? (values[i * width + k] - sum / count) / deviation : 0;
    }
  }
  return rows;
}
