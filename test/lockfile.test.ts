import { missingPlatforms, readLock } from "../scripts/lock-platforms";

describe("package-lock.json", () => {
  it("has every platform's optional packages, or `npm ci` refuses it (npm run lock)", () => {
    expect(Object.keys(missingPlatforms(readLock()))).toEqual([]);
  });

  it("is complete with what another platform needs", () => {
    const lock = {
      packages: { "node_modules/a": { optionalDependencies: { "a-darwin-arm64": "1.0.0" }, dev: true } },
    };
    expect(missingPlatforms(lock)).toEqual({
      "node_modules/a-darwin-arm64": {
        version: "1.0.0",
        cpu: ["arm64"],
        os: ["darwin"],
        dev: true,
        optional: true,
        engines: undefined,
      },
    });
  });
});
