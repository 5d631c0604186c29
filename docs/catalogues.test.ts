import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { catalogues } from '../scripts/catalogues.mjs';

describe('the catalogues', () => {
  it('have the tables that the code makes (node scripts/catalogues.mjs writes them)', async () => {
    for (const [path, text] of Object.entries(await catalogues())) {
      expect(readFileSync(join(import.meta.dirname, '..', path), 'utf8')).toBe(text);
    }
  });

  it('list every network, classifier, encoder and trained model', async () => {
    const { networks, encoders } = await import('../packages/models/dist/index.js');
    const { classicalModels } = await import('../packages/models/dist/classical/index.js');
    const { pretrainedModels } = await import('../packages/weights/dist/index.js');
    const [one, other] = Object.values(await catalogues());
    for (const { name } of [...networks, ...encoders, ...classicalModels]) {
      expect(one).toContain(`| [\`${name}\`](`);
    }
    for (const { name } of pretrainedModels) expect(other).toContain(`| [\`${name}\`](`);
  });
});
