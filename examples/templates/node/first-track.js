import { useBackend } from '@diffusion/backends';
import { answerText } from '@diffusion/tracks';
import { readTracks } from '@diffusion/tracks/node';
import { loadPretrained } from '@diffusion/weights';

await useBackend();
const { tracks } = await readTracks('tracks.csv');
const model = await loadPretrained('motion-2d');
const prediction = await model.predict(tracks);
console.log(answerText(prediction, 0));
