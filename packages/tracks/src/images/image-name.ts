/** Whether a file of that name is read as an image. */
export const isImageName = (name: string): boolean => /\.(png|tiff?)$/i.test(name);
