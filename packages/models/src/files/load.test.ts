import { gajowczyk2021 } from '@diffusion/simulate';
import { fitClassical } from '../classical/fit-classical.ts';
import { ModelError } from '../errors.ts';
import { modelFiles } from './artifacts.ts';
import { loadModelFromIndexedDb } from './indexed-db.ts';
import { loadModelFromPickedFiles } from './picked-files.ts';
import { loadModelFromUrl } from './url.ts';

const tracks = gajowczyk2021({ count: 200, seed: 1 }).generate();
const model = fitClassical({ kind: 'logistic', tracks, features: ['alpha', 'straightness'] });

describe('loadModelFromUrl', () => {
  const served = async (extra: Record<string, Uint8Array> = {}) => {
    const files: Record<string, Uint8Array> = { ...(await modelFiles(model)), ...extra };
    const asked: string[] = [];
    const fetch = async (url: unknown) => {
      asked.push(String(url));
      const bytes = files[String(url).replace('https://example.org/models/m/', '')];
      return bytes ? new Response(bytes as BodyInit) : new Response('no', { status: 404 });
    };
    return { asked, files, fetch: fetch as typeof globalThis.fetch };
  };

  it('reads the files of a folder, the card first', async () => {
    const { asked, fetch } = await served();
    for (const url of ['https://example.org/models/m', 'https://example.org/models/m/']) {
      const loaded = await loadModelFromUrl(url, { fetch });
      expect(await loaded.predict(tracks)).toEqual(await model.predict(tracks));
    }
    expect(asked.slice(0, 2)).toEqual([
      'https://example.org/models/m/card.json',
      'https://example.org/models/m/classifier.json',
    ]);
  });

  it('names the address that cannot be read, and the file that is corrupt', async () => {
    const { files, fetch } = await served({ 'classifier.json': new TextEncoder().encode('{') });
    const load = () => loadModelFromUrl('https://example.org/models/m', { fetch });
    await expect(load()).rejects.toThrow(
      'https://example.org/models/m/classifier.json, line 1: the JSON ends early',
    );
    delete files['classifier.json'];
    await expect(load()).rejects.toThrow('m/classifier.json: cannot be read (status 404)');
    await expect(load()).rejects.toThrow(ModelError);
    const unreachable = async () => Promise.reject(new TypeError('fetch failed'));
    await expect(
      loadModelFromUrl('https://example.org/models/m', { fetch: unreachable }),
    ).rejects.toThrow('m/card.json: cannot be read (fetch failed)');
  });
});

describe('loadModelFromPickedFiles', () => {
  const picked = async () =>
    Object.entries(await modelFiles(model)).map(
      ([name, bytes]) => new File([bytes as BlobPart], name),
    );

  it('knows files by their names, in any order and among others', async () => {
    const files = [new File(['hello'], 'notes.txt'), ...(await picked()).reverse()];
    const loaded = await loadModelFromPickedFiles(files);
    expect(await loaded.predict(tracks)).toEqual(await model.predict(tracks));
  });

  it('names what is missing', async () => {
    const files = (await picked()).filter(({ name }) => name !== 'classifier.json');
    await expect(loadModelFromPickedFiles(files)).rejects.toThrow(
      'picked files: classifier.json is not among them (card.json)',
    );
    await expect(loadModelFromPickedFiles([])).rejects.toThrow('card.json is not among them (none');
  });
});

describe('loadModelFromIndexedDb', () => {
  it('says that it needs a browser', async () => {
    await expect(loadModelFromIndexedDb('m')).rejects.toThrow('there is no IndexedDB here');
  });
});
