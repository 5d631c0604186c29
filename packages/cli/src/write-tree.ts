/** A step of the build: writes the tree of all commands, and the manual page that is made of it, beside the program. */
import { writeFileSync } from 'node:fs';
import { networks } from '@diffusion/models';
import { classicalModels } from '@diffusion/models/classical';
import { motionModels } from '@diffusion/simulate';
import { readyImageRecipes, readyRecipes } from '@diffusion/train/node';
import { pretrainedModels } from '@diffusion/weights';
import { TREE_FILE } from './help/command-tree.ts';
import { describeCommand } from './help/describe-command.ts';
import { manPage } from './help/man-page.ts';
import { wholeProgram } from './program.ts';
import { collecting } from './values.ts';
import { ownVersion } from './versions.ts';

const namesOf = (all: readonly { readonly name: string }[]) => all.map(({ name }) => name);
const trained = namesOf(pretrainedModels);
const untrained = namesOf(classicalModels.filter(({ madeBy }) => madeBy !== 'fitClassical'));
const judges = [...trained, ...untrained];
const recipes = [...(await readyRecipes()), ...(await readyImageRecipes())];

/** Names of use as the value of an option or an argument. */
const values = {
  'simulate --model': namesOf(motionModels),
  'models describe name': namesOf([...networks, ...classicalModels]),
  'recipes name': recipes,
  'train --recipe': recipes,
  'train --model': namesOf([
    ...networks,
    ...classicalModels.filter(({ madeBy }) => madeBy === 'fitClassical'),
  ]),
  'train --start': trained,
  'calibrate --model': trained,
  'predict --model': judges,
  'expect --model': trained,
  'shares --model': trained,
  'report --model': judges,
  'segment --model': trained,
  'explain --model': judges,
  'export --model': trained,
};

const tree = describeCommand(await wholeProgram(), { values, repeated: collecting });
writeFileSync(new URL(TREE_FILE, import.meta.url), JSON.stringify(tree));
writeFileSync(new URL('diffusion.1', import.meta.url), manPage(tree, ownVersion()));
