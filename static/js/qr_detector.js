/*! qr (c) Paul Miller (paulmillr.com), MIT OR Apache-2.0 */
// For browsers that read no QR codes themselves; fetched only when a camera is switched on.
export { BarcodeDetector } from "qr/decode.js";
