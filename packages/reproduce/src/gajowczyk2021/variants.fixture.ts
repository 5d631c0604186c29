import type { Item, Row } from '../item.ts';

/** The rows of a table whose trainings all went the same way: best in the second of three epochs. */
export async function variantRowsOf(item: Item): Promise<readonly Row[]> {
  const history = [0.7, 0.9, 0.8].map((validationScore, k) => ({
    epoch: k + 1,
    loss: 1,
    score: 0.75,
    validationScore,
  }));
  const { rows } = await item.assemble({
    scale: 'small',
    json: (part) => (part.endsWith('-described') ? { parameters: 1 } : { history }),
    text: async () => '',
    folder: () => '',
    seconds: () => 3,
    computed: undefined,
  });
  return rows;
}
