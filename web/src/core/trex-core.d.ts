declare module 'trex-core' {
  const create: (options: { wasmBinary: ArrayBuffer }) => Promise<never>;
  export default create;
}
