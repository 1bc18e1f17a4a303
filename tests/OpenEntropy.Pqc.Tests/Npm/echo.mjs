// Sends bytes back, or fails when told to: what the tests of the frame need.
import { bytes, serve } from "./lines.mjs";

serve((request) => {
  if (request.fail) throw new Error(request.fail);
  return { same: bytes(request.data), length: bytes(request.data).length, version: process.versions.openssl };
});
