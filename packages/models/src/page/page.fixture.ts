import { useBackend } from '@diffusion/backends';
import {
  loadModelFromIndexedDb,
  loadModelFromPickedFiles,
  loadModelFromUrl,
  modelFiles,
  type SingleModel,
  saveModelToIndexedDb,
} from '@diffusion/models';

/** What the test asks of the page; every way of loading gives the model's files again, as plain numbers. */
export interface Page {
  start(): Promise<string>;
  fromUrl(url: string): Promise<Record<string, number[]>>;
  fromPickedFiles(): Promise<Record<string, number[]>>;
  throughIndexedDb(url: string): Promise<Record<string, number[]>>;
  missing(): Promise<string>;
}

async function filesOf(model: SingleModel): Promise<Record<string, number[]>> {
  const files = await modelFiles(model);
  model.dispose();
  return Object.fromEntries(Object.entries(files).map(([name, bytes]) => [name, [...bytes]]));
}

const page: Page = {
  start: async () => (await useBackend('cpu')).name,
  fromUrl: async (url) => filesOf(await loadModelFromUrl(url)),
  fromPickedFiles: async () => {
    const { files } = document.querySelector('input') as HTMLInputElement;
    return filesOf(await loadModelFromPickedFiles(files as FileList));
  },
  throughIndexedDb: async (url) => {
    await saveModelToIndexedDb('mine', await loadModelFromUrl(url));
    return filesOf(await loadModelFromIndexedDb('mine'));
  },
  missing: () =>
    loadModelFromIndexedDb('another').then(
      () => 'found',
      (error: Error) => `${error.name}: ${error.message}`,
    ),
};
Object.assign(globalThis, { page });
