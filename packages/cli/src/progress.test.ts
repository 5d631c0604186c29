import { spawnSync } from 'node:child_process';
import { itWith, terminal } from '../../../fixtures/needs.ts';
import { built, diffusion, newFolder, removeFolder } from './command.fixture.ts';

const args =
  'train --model xresnet --set filters=8 --preset gajowczyk2021 --count 512 --epochs 2 --output model';

describe('progress', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await newFolder();
  });
  afterAll(() => removeFolder(folder));

  itWith(terminal())('of a training is shown at a terminal, on a line of its own', () => {
    const command = `stty cols 80; '${process.execPath}' '${built('diffusion')}' ${args}`;
    const { stdout } = spawnSync('script', ['-qec', command, '/dev/null'], {
      cwd: folder,
      encoding: 'utf8',
    });
    expect(stdout).toMatch(
      /epoch 2\/2 batch \d\/8 [█░]{8} loss \d\.\d{3} validation \d\.\d{3} waiting \d+ % \d+ s left/,
    );
    // What is printed begins where the bar has been wiped away, or where nothing was drawn before it: the first epoch can end sooner
    // than the bar begins.
    const [before] = stdout.split('epoch 1  loss');
    expect(before === '' || before.endsWith('\r\x1b[K')).toBe(true);
    expect(stdout).toContain('\r\x1b[Kepoch 2  loss');
    // The cursor is shown again at the end.
    expect(stdout.lastIndexOf('\x1b[?25h')).toBeGreaterThan(stdout.lastIndexOf('\x1b[?25l'));
  });

  it('is not shown elsewhere', async () => {
    const { err, out } = await diffusion(args, folder);
    expect(err).toBe('');
    expect(out).not.toContain('batch');
  });
});
