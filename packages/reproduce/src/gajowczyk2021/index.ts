import { table1, table2, table14 } from './facts.ts';
import { figure5, figure6, figure7, figure8, figure9, table15 } from './final.ts';
import { table16 } from './real-tracks.ts';
import { trainingTables } from './tables.ts';

/** Tables 1 to 16 and Figures 5 to 9 of Gajowczyk and Szwabiński 2021. */
export const gajowczyk2021 = [
  table1,
  table2,
  ...trainingTables,
  table14,
  table15,
  table16,
  figure5,
  figure6,
  figure7,
  figure8,
  figure9,
];
