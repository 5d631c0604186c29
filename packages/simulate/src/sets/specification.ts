import type { Andi2Options } from '../andi2/andi2-options.ts';
import type { Andi2TracksOptions } from '../andi2/andi2-tracks-options.ts';
import type { Andi2020Options } from '../andi2020/andi2020-options.ts';
import type { ChangePointOptions } from '../point-labels/change-point-options.ts';
import type { MotionSegmentsOptions } from '../point-labels/motion-segments-options.ts';
import type { MotionOptions } from '../prior/motion-options.ts';
import type { Gajowczyk2021Options } from './gajowczyk2021-options.ts';
import type { MixtureSpecification } from './mixture-specification.ts';

/** What `dataSet` makes a set of: a preset with its options, or a mixture of one's own. */
export type Specification =
  | ({ readonly preset: 'andi2020' } & Andi2020Options)
  | ({ readonly preset: 'andi2' } & Andi2Options)
  | ({ readonly preset: 'andi2-tracks' } & Andi2TracksOptions)
  | ({ readonly preset: 'change-point' } & ChangePointOptions)
  | ({ readonly preset: 'gajowczyk2021' } & Gajowczyk2021Options)
  | ({ readonly preset: 'motion' } & MotionOptions)
  | ({ readonly preset: 'motion-segments' } & MotionSegmentsOptions)
  | MixtureSpecification;

/** A specification of which someone else says the rest, such as `SpecificationWithout<'count' | 'seed'>`. */
export type SpecificationWithout<Field extends string> = Specification extends infer Each
  ? Each extends Specification
    ? Omit<Each, Field>
    : never
  : never;
