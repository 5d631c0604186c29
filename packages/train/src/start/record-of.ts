import { type JsonObject, modelFiles, type NetworkModel } from '@diffusion/models';

/** What is kept of a model that a training begins with: the SHA-256 of its weights as a file, and how it was trained. */
export async function recordOf({
  card,
  network,
}: NetworkModel): Promise<{ readonly sha256?: string; readonly recipe: JsonObject }> {
  const saved =
    card.weights ??
    (
      JSON.parse(new TextDecoder().decode((await modelFiles({ card, network }))['card.json'])) as {
        weights?: { sha256: string };
      }
    ).weights;
  return { ...(saved && { sha256: saved.sha256 }), recipe: card.recipe };
}
