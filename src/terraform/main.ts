import { serve } from "./plugin/serve";

/** The provider's process. What answers is loaded once core knows where to find us. */
void serve({
  source: "amplitude-access/amplitude",
  debug: process.argv.includes("-debug") || process.argv.includes("--debug"),
  load: async () => {
    const { providerCalls } = await import("./provider.js");
    return providerCalls(process.env);
  },
});
