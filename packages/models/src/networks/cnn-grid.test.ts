import { useBackend } from '@diffusion/backends';
import { cnn } from './cnn.ts';
import { cnnGrid, gridStacks } from './cnn-grid.ts';
import { parameterCount } from './parameter-count.ts';

beforeAll(() => useBackend('wasm'));

describe('the grid of Benitez 2023', () => {
  it('has 30 different stacks and 180 networks', () => {
    const stacks = gridStacks();
    expect(new Set(stacks).size).toBe(30);
    expect(stacks.filter((stack) => /^(123|132){1,4}$/.test(stack))).toHaveLength(30);
    expect(cnnGrid()).toHaveLength(180);
  });

  it('builds where points are left, and says where not, for every one of them', () => {
    for (const { layers, kernelSize, death } of cnnGrid(100)) {
      const build = () => cnn({ layers, kernelSize, length: 100, units: 2 });
      if (death) {
        const place = `dies at layer ${death.layer} (${death.kind === 'conv' ? 'convolution' : 'pooling'})`;
        expect(build).toThrow(`${place}, which gets ${death.length} of the 100 points`);
      } else {
        build().dispose();
      }
    }
  });

  it('names the layer and the length at which a stack dies', () => {
    // 320 → 289 → 144 → 113 → 56 → 25 → 12, and a kernel of 32 does not fit into 12.
    expect(() => cnn({ layers: '123123123123', kernelSize: 32 })).toThrow(
      'cnn: layers "123123123123" with kernelSize 32 dies at layer 10 (convolution), which gets 12 of the 320 points',
    );
    expect(cnnGrid().filter(({ death }) => death)).toEqual(
      gridStacks()
        .filter((layers) => layers.length === 12)
        .map((layers) => ({
          layers,
          kernelSize: 32,
          death: { layer: 10, kind: 'conv', length: 12 },
        })),
    );
  });

  it('has the parameters of its layers', () => {
    // conv 16·(4·1 + 1), norm 32, conv 16·(4·16 + 1), norm 32, dense 50·17, 77 points × 50 → 5.
    const expected = 80 + 32 + 1040 + 32 + 850 + (77 * 50 + 1) * 5;
    expect(parameterCount(cnn({ layers: '123132', kernelSize: 4 }))).toBe(expected);
  });
});
