const { createHash } = require("node:crypto");
const { sep } = require("node:path");
const swc = require("@swc/jest");

/** Compiles as always, but for the one place that MUTANT names: there it compiles the other text. */
const site = JSON.parse(process.env.MUTANT);

const changed = (text, path) =>
  path.split(sep).join("/").endsWith(`/${site.file}`)
    ? text.slice(0, site.start) + site.becomes + text.slice(site.end)
    : text;

module.exports = {
  createTransformer(options) {
    const inner = swc.createTransformer(options);
    return {
      canInstrument: inner.canInstrument,
      process: (text, path, more) => inner.process(changed(text, path), path, more),
      getCacheKey: (text, path, more) => {
        const code = changed(text, path);
        const key = inner.getCacheKey(code, path, more);
        return code === text
          ? key
          : createHash("sha256").update(key).update(process.env.MUTANT).digest("hex");
      },
    };
  },
};
