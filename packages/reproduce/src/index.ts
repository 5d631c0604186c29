// What can be reproduced

export type {
  Assembled,
  Item,
  ItemFigure,
  Part,
  RecipeJson,
  Results,
  Row,
  Scale,
  ScaleStory,
  Source,
} from './item.ts';
export { findItem, items } from './items.ts';
export { sources } from './sources.ts';

// What came of it

export { reproductionPage } from './page.ts';
export type { Reproduction } from './result.ts';
export { rowCells, rowHeadings } from './write-row.ts';

// What a wrong argument throws

export { ReproduceError } from './errors.ts';
