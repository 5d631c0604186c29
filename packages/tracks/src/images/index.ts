// Files of images

export { decodeImage } from './decode-image.ts';
export { encodeMask, encodePng } from './encode-png.ts';
export { isImageName } from './image-name.ts';
