// The verifier of a page, asked many times; and what it says of each alteration.
import { serve } from "./lines.mjs";
import { verify, verifyChaosMagnet } from "./verify-bundle.mjs";

serve(({ document, chaosMagnet }) => {
  try {
    return chaosMagnet ? (verifyChaosMagnet(JSON.parse(chaosMagnet)), { valid: true }) : { valid: true, id: verify(JSON.parse(document)).id };
  } catch (error) {
    return { valid: false, message: String(error.message) };
  }
});
