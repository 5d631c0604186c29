// start-with.fixture.mjs MODEL [arguments]: the main job, with the model of that folder as the one that comes trained for tracks
// of its dimension.
import { loadModel } from '@diffusion/models/node';
import { runCommand } from '../dist/run-command.js';
import { startCommand } from '../dist/start/start-command.js';

const [folder] = process.argv.splice(2, 1);
const { readFile } = await import('node:fs/promises');
const { domain } = JSON.parse(await readFile(`${folder}/config.json`, 'utf8'));
runCommand(
  startCommand((dim) =>
    dim === domain.dim ? { name: 'small-2d', load: () => loadModel(folder) } : undefined,
  ),
);
