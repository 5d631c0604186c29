import { useBackend } from '@diffusion/backends';
import { answerText, readTracksFrom } from '@diffusion/tracks';
import { loadPretrained } from '@diffusion/weights';

await useBackend('wasm', { wasmPaths: './wasm/' });
const { body } = await fetch('./tracks.csv');
const { tracks } = await readTracksFrom(body, 'tracks.csv');
const model = await loadPretrained('motion-2d', { baseUrl: './models' });
document.body.textContent = answerText(await model.predict(tracks), 0);
