import { motionModels, type Parameter } from '@diffusion/simulate';
import { openSimulated } from '../judge/run.ts';
import { element, fill } from '../page/element.ts';

/** The same name as in `simulate-tracks.ts`, which would bring the laws with it. */
const MIXED = 'mixed';

/** A form that simulates tracks in place of files. */
export function simulateForm(onDone: () => void): HTMLElement {
  const model = element(
    'select',
    { id: 'sim-model', name: 'model' },
    element('option', { value: MIXED }, 'all classes, as a microscope sees them'),
    motionModels.map(({ name }) => element('option', { value: name }, name)),
  );
  const number = (id: string, value: string, more: Record<string, unknown> = {}) =>
    element('input', { id, type: 'number', value, ...more });
  const count = number('sim-count', '300', { min: '1', max: '200000', required: true });
  const shortest = number('sim-min', '20', {
    min: '2',
    max: '2000',
    required: true,
    'aria-label': 'points at least',
  });
  const longest = number('sim-max', '100', {
    min: '2',
    max: '2000',
    required: true,
    'aria-label': 'points at most',
  });
  const dim = element(
    'select',
    { id: 'sim-dim' },
    [1, 2, 3].map((d) =>
      element('option', { value: d, ...(d === 2 && { selected: true }) }, `${d}D`),
    ),
  );
  const snr = number('sim-snr', '', { step: 'any', min: '0', placeholder: 'none' });
  const seed = number('sim-seed', '1', { min: '0', step: '1', required: true });
  const label = (id: string, text: string, ...inputs: (HTMLElement | string)[]) =>
    element(
      'div',
      { class: 'entry' },
      element('label', { for: id }, text),
      element('span', {}, inputs),
    );
  const noise = label('sim-snr', 'signal to noise', snr);
  const own = element('div', { class: 'form', role: 'group', 'aria-label': 'parameters' });
  let given: [name: string, input: HTMLInputElement][] = [];
  const form = element(
    'form',
    { class: 'form', 'aria-label': 'simulate tracks' },
    label('sim-model', 'motion', model),
    label('sim-count', 'tracks', count),
    label('sim-min', 'points', shortest, ' to ', longest),
    label('sim-dim', 'dimensions', dim),
    own,
    noise,
    label('sim-seed', 'seed', seed),
    element('button', { type: 'submit', class: 'main' }, 'Simulate and judge'),
  );
  const followModel = () => {
    const parameters = motionModels.find(({ name }) => name === model.value)?.parameters ?? {};
    given = Object.entries(parameters).flatMap(([name, one]) =>
      one.kind === 'number'
        ? [
            [
              name,
              number(`sim-${name}`, startOf(name, one), {
                step: 'any',
                title: one.meaning,
                placeholder: one.default ?? '',
              }),
            ],
          ]
        : [],
    );
    fill(
      own,
      given.map(([name, input]) => label(input.id, name === 'alpha' ? 'exponent α' : name, input)),
    );
    noise.hidden = model.value === MIXED;
    own.hidden = given.length === 0;
  };
  model.onchange = followModel;
  followModel();
  form.onsubmit = (event) => {
    event.preventDefault();
    const optional = ({ value }: HTMLInputElement) => (value === '' ? undefined : Number(value));
    const [min, max] = [Number(shortest.value), Number(longest.value)].sort((a, b) => a - b);
    onDone();
    void openSimulated({
      model: model.value,
      count: Number(count.value),
      length: { min, max },
      dim: Number(dim.value) as 1 | 2 | 3,
      parameters: Object.fromEntries(
        given.flatMap(([name, { value }]) => (value === '' ? [] : [[name, Number(value)]])),
      ),
      snr: model.value === MIXED ? undefined : optional(snr),
      seed: Number(seed.value),
    });
  };
  return form;
}

/** What a model cannot do without begins with something to see. */
function startOf(name: string, { min }: Extract<Parameter, { kind: 'number' }>): string {
  if (name === 'alpha') return min === 1 ? '1.5' : '0.7';
  return name === 'speed' ? '0.5' : name === 'radius' ? '3' : '';
}
