import type { ImageRecipe, Recipe } from '@diffusion/train';
import {
  readyImageRecipe,
  readyImageRecipes,
  readyRecipe,
  readyRecipes,
} from '@diffusion/train/node';
import { Command } from 'commander';
import { facts, printJson, printLines, table } from '../print.ts';

/** `diffusion recipes [NAME]`: the trainings that come with the packages. */
export function recipes(): Command {
  return new Command('recipes')
    .description('list the trainings that come with this command, or show one')
    .argument('[name]', 'as the list has it; `diffusion train --recipe NAME` trains it')
    .option('--json', 'one JSON document on stdout: of a recipe, what `train --recipe` reads')
    .action(async (name: string | undefined, { json }: { json?: boolean }) => {
      if (name !== undefined) {
        const ofImages = (await readyImageRecipes()).includes(name);
        const recipe = await (ofImages ? readyImageRecipe(name) : readyRecipe(name));
        if (json) printJson(recipe);
        else printLines(linesOf(recipe));
        return;
      }
      const all: (Recipe | ImageRecipe)[] = [];
      for (const each of await readyRecipes()) all.push(await readyRecipe(each));
      for (const each of await readyImageRecipes()) all.push(await readyImageRecipe(each));
      if (json) printJson(all);
      else
        printLines(
          table(all.map((recipe) => [recipe.name ?? '', modelOf(recipe), recipe.about ?? ''])),
        );
    });
}

const modelOf = (recipe: Recipe | ImageRecipe): string =>
  'classifier' in recipe ? recipe.classifier.name : recipe.network.name;

/** A field a line. */
function linesOf(recipe: Recipe | ImageRecipe): string[] {
  const { format: _, version: __, name = '', about = '', ...fields } = recipe;
  const rows = Object.entries(fields).map(([key, value]) => [key, JSON.stringify(value)] as const);
  return [name, about, '', ...facts(rows)];
}
