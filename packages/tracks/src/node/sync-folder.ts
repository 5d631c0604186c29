import { open } from 'node:fs/promises';

/** Has the disk keep the names in a folder, where the system can: some open no folder. */
export async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r').catch(() => undefined);
  await handle?.sync().catch(() => {});
  await handle?.close();
}
