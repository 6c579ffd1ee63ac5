// SPDX-License-Identifier: Apache-2.0
declare module 'trex-core' {
  const create: (options: { wasmBinary: ArrayBuffer }) => Promise<never>;
  export default create;
}
