import type { Track } from '@diffusion/tracks';
import { checkOptions, shown } from '@diffusion/tracks/messages';
import { ModelError } from '../errors.ts';
import type { Options, OptionsOf } from '../options.ts';
import type { RowLayout } from './layout.ts';
import type { ChannelOrigin } from './origin.ts';

/** Where a worker finds a definition of one's own: the address of a module, and the name under which it exports it. */
export interface ModuleExport {
  /** As `import()` takes it: `import.meta.url` of the module that defines it. */
  readonly module: string;
  readonly export: string;
}

/** What a network sees of a track: the built-in encoders are such definitions, and so are those of one's own. */
export interface EncoderDefinition<Declared extends Options = Options> {
  /** The `kind` of its specifications. */
  readonly name: string;
  /** Every option, declared once: its type follows. None when absent. */
  readonly options?: Declared;
  /** Numbers per point of a track of `dim` dimensions; per coordinate of a point where `layout` is another than `points`. */
  channels(dim: 1 | 2 | 3, options: OptionsOf<Declared>): number;
  /** Numbers per track beside the points; none when absent. */
  features?(dim: 1 | 2 | 3, options: OptionsOf<Declared>): number;
  /** How the numbers of a track lie, for the shape in which a network gets them; `points` if left out. */
  readonly layout?: RowLayout;
  /**
   * What each of the channels is of, for who explains an answer; each of the point where it stands when absent. As many as
   * there are channels.
   */
  origins?(dim: 1 | 2 | 3, options: OptionsOf<Declared>): readonly ChannelOrigin[];
  /** What each of the numbers per track is; `feature 1`, … when absent. */
  featureNames?(dim: 1 | 2 | 3, options: OptionsOf<Declared>): readonly string[];
  /**
   * What the lengths of a track are divided by, for who has to say lengths of it; 1 when absent, as for those whose numbers
   * say none.
   */
  unit?(track: Track, options: OptionsOf<Declared>): number;
  /**
   * Writes one track: a pure function of it.
   *
   * @param track N points, any unit.
   * @param out zeros, at least N × channels numbers, N × dim × channels where `layout` is another than `points`; what lies
   *   behind the track's own is padding.
   * @param features room for the numbers per track.
   */
  write(
    track: Track,
    out: Float32Array,
    features: Float32Array,
    options: OptionsOf<Declared>,
  ): void;
  /** false: rows are as long as their tracks, always, and a length is refused. */
  readonly padded?: boolean;
  /** Lets workers encode by themselves; without it the leading thread of a training encodes for them. */
  readonly source?: ModuleExport;
}

/**
 * An encoder of one's own, the same as the built-in ones: it goes wherever they go, and a saved model asks for it by its
 * name.
 *
 * Throws {@link ModelError} for a definition that is not one.
 *
 * @example
 * const steps = defineEncoder({
 *   name: 'steps',
 *   channels: (dim) => dim,
 *   write({ positions, length, dim }, out) {
 *     for (let i = 0; i < (length - 1) * dim; i++) out[i] = positions[i + dim] - positions[i];
 *   },
 * });
 * encoder({ kind: 'steps', dim: 2, length: 100 }, [steps]).channels; // 2
 */
export function defineEncoder<Declared extends Options = Record<never, never>>(
  definition: EncoderDefinition<Declared>,
): EncoderDefinition<Declared> {
  checkOptions<EncoderDefinition>(
    'defineEncoder',
    definition as unknown as EncoderDefinition,
    KNOWN,
    ModelError,
  );
  const { name, options, channels, features, layout = 'points', write } = definition;
  if (typeof name !== 'string' || name === '') {
    throw new ModelError(`name is ${shown(name)}: expected the encoder's name`);
  }
  const wrong = (what: string, value: unknown, expected: string): never => {
    throw new ModelError(`${what} of encoder '${name}' is ${shown(value)}: expected ${expected}`);
  };
  if (options !== undefined && (typeof options !== 'object' || options === null)) {
    wrong('options', options, 'declared options by their names, or none');
  }
  if (typeof channels !== 'function') wrong('channels', channels, 'a function of the dimension');
  if (features !== undefined && typeof features !== 'function') {
    wrong('features', features, 'a function of the dimension, or none');
  }
  if (!['points', 'vector', 'picture'].includes(layout)) {
    wrong('layout', layout, 'points, vector or picture');
  }
  if (typeof write !== 'function') wrong('write', write, 'a function of a track');
  return definition;
}

const KNOWN = {
  name: true,
  options: true,
  channels: true,
  features: true,
  origins: true,
  featureNames: true,
  unit: true,
  write: true,
  layout: true,
  padded: true,
  source: true,
} as const;
