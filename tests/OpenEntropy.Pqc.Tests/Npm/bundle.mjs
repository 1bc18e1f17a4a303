// The verifier of a page, asked many times; and what it says of each alteration, and of each identity that is expected.
import { serve } from "./lines.mjs";
import { verify, verifyChaosMagnet } from "./verify-bundle.mjs";

serve(({ document, chaosMagnet, identity }) => {
  const trusted = identity && JSON.parse(identity);
  try {
    if (chaosMagnet) return (verifyChaosMagnet(JSON.parse(chaosMagnet), trusted), { valid: true });
    return { valid: true, id: verify(JSON.parse(document), trusted).id };
  } catch (error) {
    return { valid: false, message: String(error.message) };
  }
});
