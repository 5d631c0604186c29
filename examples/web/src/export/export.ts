import { effect } from '@preact/signals-core';
import { engine } from '../engine/engine.ts';
import { makeReport, ownModel, reporting, segmentAll } from '../judge/run.ts';
import { element, fill } from '../page/element.ts';
import { answers, loaded, notice, report, shares, tellJob, tellProblem } from '../page/state.ts';
import { planeSvg } from '../plane/plane.ts';
import { commandsFor, specificationOf } from './commands.ts';
import { pngOf } from './picture.ts';
import { save } from './save.ts';
import { zipped } from './zip.ts';

const FIGURES = ['field', 'plane', 'msd', 'shares'] as const;
type Figure = (typeof FIGURES)[number];

const TITLES: Readonly<Record<Figure, string>> = {
  field: 'tracks where they lie',
  plane: 'D – α',
  msd: 'mean squared displacement',
  shares: 'shares of the classes',
};

async function svgOf(name: Figure): Promise<string> {
  if (name === 'plane') return planeSvg();
  if (name === 'shares') {
    const worker = reporting();
    if (!worker) throw new Error('the shares are in the report: expected that it is made first');
    return worker.ask('figure', name);
  }
  return engine.ask('figure', name);
}

/** The figures that there are to draw now. */
const figuresNow = (): Figure[] =>
  FIGURES.filter(
    (name) =>
      (name !== 'field' || loaded.value!.tracks.dim > 1) &&
      (name !== 'shares' || (report.value && shares.value)),
  );

const commandsNow = (): string => {
  const own = ownModel.value;
  const repeated = { model: own?.name, trained: own?.recipe !== undefined };
  return commandsFor(loaded.value!, repeated).join('\n');
};

const text = (content: string, type: string) => new Blob([content], { type });
const indented = (value: unknown) => `${JSON.stringify(value, null, 1)}\n`;

/** Everything that can be taken along, and the commands that repeat it. */
export function exportPanel(): HTMLElement {
  const what = element('div', { class: 'takes' });
  const commands = element('pre', { class: 'commands', tabindex: '0', 'aria-label': 'commands' });
  const copy = element(
    'button',
    {
      type: 'button',
      class: 'small',
      onclick: () => {
        void navigator.clipboard.writeText(commands.textContent ?? '').then(() => {
          notice.value = 'The commands are in the clipboard';
        });
      },
    },
    'copy',
  );
  const none = element('p', { class: 'note' }, 'There are no tracks yet.');
  const host = element(
    'section',
    { class: 'export', 'aria-label': 'export' },
    none,
    what,
    element(
      'section',
      { class: 'panel' },
      element(
        'header',
        {},
        element('h2', {}, 'The same on the command line'),
        element('span', { class: 'tools' }, copy),
      ),
      element(
        'p',
        { class: 'note' },
        'The command has the same readers, models and seeds: it writes the same numbers. It is installed by npm install --global @diffusion/cli.',
      ),
      commands,
    ),
  );
  const button = (label: string, name: string, make: () => Promise<Blob>, main = false) =>
    element(
      'button',
      {
        type: 'button',
        ...(main && { class: 'main' }),
        'data-file': name,
        onclick: () => void working(name, async () => save(await make(), name)),
      },
      label,
    );
  effect(() => {
    const now = loaded.value;
    const given = answers.value;
    const own = ownModel.value;
    none.hidden = now !== undefined;
    what.hidden = now === undefined;
    (host.lastElementChild as HTMLElement).hidden = now === undefined;
    if (!now) return;
    const made = report.value;
    const group = (title: string, ...children: (HTMLElement | undefined | false)[]) =>
      element(
        'section',
        { class: 'panel' },
        element('header', {}, element('h2', {}, title)),
        element('p', { class: 'tools' }, children),
      );
    fill(
      what,
      group(
        'All together',
        button('diffusion.zip', 'diffusion.zip', everything, true),
        element('span', { class: 'note' }, 'report, tables, figures, recipe, model, commands'),
      ),
      group(
        'Tables',
        given &&
          button('predictions.csv', 'predictions.csv', async () =>
            text(await engine.ask('table', 'predictions'), 'text/csv'),
          ),
        button('estimates.csv', 'estimates.csv', async () =>
          text(await engine.ask('table', 'estimates'), 'text/csv'),
        ),
        made?.sharesCsv !== undefined &&
          button('shares.csv', 'shares.csv', async () => text(made.sharesCsv!, 'text/csv')),
        button('segments.csv', 'segments.csv', segmentsCsv),
        button('tracks.csv', 'tracks.csv', () => engine.ask('tracks', 'tracks.csv')),
      ),
      group(
        'Report',
        made
          ? button('report.html', 'report.html', async () => text(made.html, 'text/html'))
          : element(
              'button',
              { type: 'button', onclick: () => void makeReport() },
              'make the report',
            ),
      ),
      group(
        'Figures',
        element(
          'span',
          { class: 'figures' },
          figuresNow().flatMap((name) => [
            element('span', {}, TITLES[name]),
            button('SVG', `${name}.svg`, async () => text(await svgOf(name), 'image/svg+xml')),
            button('PNG', `${name}.png`, async () => pngOf(await svgOf(name))),
          ]),
        ),
      ),
      own
        ? group(
            'Model',
            button('model.zip', 'model.zip', modelZip),
            own.recipe &&
              button('recipe.json', 'recipe.json', async () =>
                text(indented(own.recipe), 'application/json'),
              ),
          )
        : undefined,
    );
    commands.textContent = commandsNow();
  });
  return host;
}

async function working(name: string, make: () => Promise<void>): Promise<void> {
  tellJob('export', { doing: `making ${name}` });
  try {
    await make();
    notice.value = `${name} is saved`;
  } catch (error) {
    tellProblem(`${name} was not made`, error);
  } finally {
    tellJob('export', undefined);
  }
}

async function segmentsCsv(): Promise<Blob> {
  await segmentAll();
  return text(await engine.ask('table', 'segments'), 'text/csv');
}

const modelZip = (): Promise<Blob> => {
  const own = ownModel.peek();
  if (!own) throw new Error('the model is the one that comes trained');
  return zipped(modelEntries(own.files));
};

const modelEntries = (files: object): Record<string, Uint8Array> =>
  Object.fromEntries(
    Object.entries(files).map(([name, bytes]) => [`model/${name}`, bytes as Uint8Array]),
  );

async function everything(): Promise<Blob> {
  const now = loaded.peek()!;
  const encode = (content: string) => new TextEncoder().encode(content);
  const files: Record<string, Uint8Array> = {};
  const own = ownModel.peek();
  files['commands.sh'] = encode(`${commandsNow()}\n`);
  if (answers.peek()) files['predictions.csv'] = encode(await engine.ask('table', 'predictions'));
  files['estimates.csv'] = encode(await engine.ask('table', 'estimates'));
  const made = report.peek();
  if (made) files['report.html'] = encode(made.html);
  if (made?.sharesCsv !== undefined) files['shares.csv'] = encode(made.sharesCsv);
  files['segments.csv'] = new Uint8Array(await (await segmentsCsv()).arrayBuffer());
  for (const name of figuresNow()) {
    const svg = await svgOf(name).catch(() => undefined);
    if (!svg) continue;
    files[`figures/${name}.svg`] = encode(svg);
    files[`figures/${name}.png`] = new Uint8Array(await (await pngOf(svg)).arrayBuffer());
  }
  const specification = specificationOf(now);
  if (specification) files['specification.json'] = encode(indented(specification));
  if (own) Object.assign(files, modelEntries(own.files));
  if (own?.recipe) files['recipe.json'] = encode(indented(own.recipe));
  return zipped(files);
}
