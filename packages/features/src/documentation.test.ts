import { readFileSync } from 'node:fs';
import { catalogue } from './catalogue.ts';
import { calibrations } from './estimators/estimators.fixture.ts';
import { featureSets } from './sets.ts';

const script = new URL('../scripts/features-page.mjs', import.meta.url).href;
const page = new URL('../../../docs/features.md', import.meta.url);

describe('docs/features.md', () => {
  it('is what the catalogue and the calibration say: run scripts/document.mjs', async () => {
    const { featuresPage } = await import(script);
    expect(readFileSync(page, 'utf8')).toBe(featuresPage({ catalogue, featureSets, calibrations }));
  });

  it('has a row for every feature, set and estimator', () => {
    const text = readFileSync(page, 'utf8');
    for (const { name } of catalogue) expect(text).toContain(`| \`${name}\` | `);
    for (const name of Object.keys(featureSets)) expect(text).toContain(`| \`${name}\` | `);
    for (const { estimator } of calibrations) {
      expect(text).toContain(`| \`${estimator.split(' ')[0]}\`${estimator.replace(/^\S+/, '')} |`);
    }
  });
});
