import { readdirSync, readFileSync } from 'node:fs';
import { catalogue } from './catalogue.ts';
import type { FeatureDescription } from './feature.ts';

/** The lines that the doc comment of a feature has to have. */
function docLines({
  summary,
  formula,
  range,
  minLength,
  dims,
  invariances,
  gaps,
  source,
}: FeatureDescription) {
  const { rotation, scale, reversal, time } = invariances;
  const power = time === '-alpha' ? '−α' : String(time).replace('-', '−');
  const codes = [rotation && 'R', `S${scale}`, reversal && 'V', `t${power}`].filter(Boolean);
  return [
    summary,
    `- Formula: ${formula}`,
    `- Range: ${range}`,
    `- Points: at least ${minLength}, in ${dims.map((d) => `${d}D`).join(', ')}`,
    `- Invariances: ${codes.join(' ')}`,
    `- Gaps: ${gaps}`,
    `- Source: ${source}`,
  ];
}

describe('catalogue', () => {
  const folder = new URL('.', import.meta.url);
  const sources = catalogue.map(({ section }) => section);
  const files = [...new Set(sources)].flatMap((section) =>
    readdirSync(new URL(section, folder)).map((file) => `${section}/${file}`),
  );

  it('says of every feature what its doc comment says', () => {
    for (const about of catalogue) {
      const file = files.find((name) =>
        readFileSync(new URL(name, folder), 'utf8').includes(
          `export const ${about.name} = feature`,
        ),
      );
      expect([about.name, file?.split('/')[0]]).toEqual([about.name, about.section]);
      const doc = readFileSync(new URL(file as string, folder), 'utf8')
        .split('\n')
        .filter((line) => line.startsWith(' * '))
        .map((line) => line.slice(3));
      expect(doc).toEqual(expect.arrayContaining(docLines(about)));
    }
  });

  it('names every feature once', () => {
    expect(new Set(catalogue.map(({ name }) => name)).size).toBe(catalogue.length);
  });
});
