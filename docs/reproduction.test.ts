import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { items, type Reproduction, reproductionPage, sources } from '@diffusion/reproduce';

const docs = new URL('./reproduction/', import.meta.url).pathname;
const results: Reproduction[] = readdirSync(join(docs, 'results'))
  .filter((name) => name.endsWith('.json'))
  .sort()
  .map((name) => JSON.parse(readFileSync(join(docs, 'results', name), 'utf8')));

describe('docs/reproduction', () => {
  it.each(Object.keys(sources))(
    '%s.md says what the results say: `pnpm reproduce:pages` writes it',
    (source) => {
      const pictureOf = ({ source: of, item, scale }: Reproduction, figure: string) => {
        const name = `figures/${of}-${item}-${scale}-${figure}.svg`;
        return existsSync(join(docs, name)) ? name : undefined;
      };
      const page = reproductionPage(
        items.filter((one) => one.source === source),
        results,
        pictureOf,
      );
      expect(readFileSync(join(docs, `${source}.md`), 'utf8')).toBe(page);
    },
  );

  it('has results of items that there are', () => {
    const names = items.map(({ source, item }) => `${source} ${item}`);
    expect(
      results
        .map(({ source, item }) => `${source} ${item}`)
        .filter((name) => !names.includes(name)),
    ).toEqual([]);
  });
});
