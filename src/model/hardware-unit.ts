/** Any name for a unit of hardware in the hierarchy of one product: "core", "chip", "device", "board", "host", "pod", "gpu", "module" ... */
export type HardwareUnit = string;
