import { useBackend } from '@diffusion/backends';
import { answerText, readTracksFrom } from '@diffusion/tracks';
import { loadPretrained } from '@diffusion/weights';
import { wasmPaths } from './wasm-paths.js';

await useBackend('wasm', { wasmPaths });
const { body } = await fetch('./tracks.csv');
const { tracks } = await readTracksFrom(body, 'tracks.csv');
const model = await loadPretrained('motion-2d');
document.body.textContent = answerText(await model.predict(tracks), 0);
