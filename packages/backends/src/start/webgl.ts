import * as tf from '@tensorflow/tfjs-core';
import { isSoftware, type Start } from './start.ts';

/** tfjs' WebGL backend, in a page or a worker. */
export const startWebgl: Start = async ({ load }) => {
  if (typeof OffscreenCanvas === 'undefined' && typeof document === 'undefined') {
    throw new Error('there is no WebGL here');
  }
  await load('@tensorflow/tfjs-backend-webgl');
  if (!(await tf.setBackend('webgl'))) throw new Error('the WebGL backend did not start');
  const { gpgpu } = tf.backend() as unknown as { gpgpu: { gl: WebGLRenderingContext } };
  const names = gpgpu.gl.getExtension('WEBGL_debug_renderer_info');
  const device = names
    ? String(gpgpu.gl.getParameter(names.UNMASKED_RENDERER_WEBGL))
    : 'unnamed GPU';
  return { device, software: isSoftware(device) };
};
