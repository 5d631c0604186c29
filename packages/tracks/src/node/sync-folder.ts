import { open } from 'node:fs/promises';
import { syncFile } from './sync-file.ts';

/** Has the disk keep the names in a folder, where the system can: some open no folder. */
export async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r').catch(() => undefined);
  if (handle === undefined) return;
  await syncFile(handle).catch(() => {});
  await handle.close();
}
