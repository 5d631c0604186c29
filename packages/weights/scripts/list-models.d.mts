/** The list of the models in a folder, as code that is TypeScript and JavaScript alike. */
export function listOf(models: URL): Promise<string>;

/** The list as it is to be in src/shipped.ts. */
export function shippedList(): Promise<string>;
