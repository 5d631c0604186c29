import { type Death, deathOf, parseDigits } from './cnn.ts';

/** One network of the grid; `death` says where it leaves no point of the track, undefined for a valid one. */
export interface GridNetwork {
  readonly layers: string;
  readonly kernelSize: number;
  readonly death: Death | undefined;
}

/** The kernels of the grid. */
export const gridKernelSizes = [2, 4, 6, 10, 16, 32] as const;

/**
 * The 30 stacks of the grid: the groups 123 (convolution, pooling, batch normalisation) and 132 in every order, one to
 * four of them (2 + 4 + 8 + 16).
 */
export function gridStacks(): string[] {
  const stacks: string[][] = [['123', '132']];
  while (stacks.length < 4) {
    const longest = stacks[stacks.length - 1];
    stacks.push(longest.flatMap((stack) => [`${stack}123`, `${stack}132`]));
  }
  return stacks.flat();
}

/**
 * The 30 × 6 = 180 networks of Benitez 2023, those that cannot be built for tracks of `length` points included, with
 * the layer and the length at which they die.
 *
 * @example
 * const [valid, invalid] = [cnnGrid().filter((n) => !n.death), cnnGrid().filter((n) => n.death)];
 * for (const { layers, kernelSize } of valid) cnn({ layers, kernelSize });
 */
export function cnnGrid(length = 320): GridNetwork[] {
  return gridStacks().flatMap((layers) =>
    gridKernelSizes.map((kernelSize) => ({
      layers,
      kernelSize,
      death: deathOf(parseDigits(layers, { filters: 16, kernelSize, units: 50 }), length),
    })),
  );
}
