// Writes docs/features.md. Run after a build, from anywhere: node packages/features/scripts/document.mjs
import { readFileSync, writeFileSync } from 'node:fs';
import { catalogue, featureSets } from '../dist/index.js';
import { featuresPage } from './features-page.mjs';

const calibrations = JSON.parse(
  readFileSync(new URL('../calibration.json', import.meta.url), 'utf8'),
);
const page = featuresPage({ catalogue, featureSets, calibrations });
writeFileSync(new URL('../../../docs/features.md', import.meta.url), page);
