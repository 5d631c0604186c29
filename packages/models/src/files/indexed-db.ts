import { ModelError } from '../errors.ts';
import type { SingleModel } from '../predict/model.ts';
import {
  type LoadOptions,
  type ModelFiles,
  modelFiles,
  modelFromFiles,
  type SavedModel,
} from './artifacts.ts';

const databaseName = 'diffusion-models';
const storeName = 'models';

/**
 * Saves a model in the browser, under a name; one of that name is replaced. All its files are written in one
 * transaction.
 */
export async function saveModelToIndexedDb(name: string, model: SavedModel): Promise<void> {
  const files = await modelFiles(model);
  await inStore('readwrite', (store) => store.put(files, name));
}

/**
 * Loads a model that {@link saveModelToIndexedDb} saved.
 *
 * Throws {@link ModelError} where there is none of that name.
 */
export async function loadModelFromIndexedDb(
  name: string,
  options: LoadOptions = {},
): Promise<SingleModel> {
  const files = await inStore<ModelFiles | undefined>('readonly', (store) => store.get(name));
  if (!files) throw new ModelError(`IndexedDB has no model '${name}'`);
  return modelFromFiles(files, `IndexedDB '${name}'`, options);
}

/** The result of one request, once its transaction is complete. */
async function inStore<Result>(
  mode: IDBTransactionMode,
  ask: (store: IDBObjectStore) => IDBRequest,
): Promise<Result> {
  if (!globalThis.indexedDB) throw new ModelError('there is no IndexedDB here: expected a browser');
  const database = await new Promise<IDBDatabase>((resolve, reject) => {
    const opening = indexedDB.open(databaseName, 1);
    opening.onupgradeneeded = () => opening.result.createObjectStore(storeName);
    opening.onsuccess = () => resolve(opening.result);
    opening.onerror = () => reject(opening.error);
  });
  try {
    return await new Promise<Result>((resolve, reject) => {
      const transaction = database.transaction(storeName, mode);
      const request = ask(transaction.objectStore(storeName));
      transaction.oncomplete = () => resolve(request.result as Result);
      transaction.onabort = () => reject(transaction.error);
    });
  } catch (cause) {
    throw new ModelError(`IndexedDB: ${(cause as Error).message}`, { cause });
  } finally {
    database.close();
  }
}
