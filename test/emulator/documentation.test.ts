import { readFileSync } from "node:fs";
import { join } from "node:path";
import { createEmulator, defaultSwitches, exampleSeed, parseSeed } from "../../src/emulator/index";

const text = readFileSync(join(__dirname, "../../docs/emulator.md"), "utf8");

/** The cells of every table row under a heading, code marks taken off. */
function table(heading: string): string[][] {
  const section = text.split(/^## /m).find((part) => part.startsWith(heading));
  if (section === undefined) throw new Error(`docs/emulator.md has no section ${heading}.`);
  return section
    .split("\n")
    .filter((line) => line.startsWith("| `"))
    .map((line) =>
      line
        .slice(1, -1)
        .split(" | ")
        .map((cell) => cell.trim().replace(/^`|`$/g, "")),
    );
}

describe("docs/emulator.md", () => {
  it("lists exactly the routes that exist, and says of each where it comes from", () => {
    const documented = table("Routes");
    expect(documented.map(([route]) => route).sort()).toEqual([...createEmulator(exampleSeed).routes].sort());
    for (const [route, origin] of documented) {
      expect([route, origin]).toEqual([
        route,
        expect.stringMatching(/^(documented|undocumented|playbook|ours)$/),
      ]);
      if (route!.includes("/_emulator/")) expect(origin).toBe("ours");
    }
  });

  it("lists exactly the switches that exist, with their defaults", () => {
    const documented = Object.fromEntries(table("Switches").map(([name, , value]) => [name!, value!]));
    expect(documented).toEqual(
      Object.fromEntries(
        Object.entries(defaultSwitches).map(([name, value]) => [name, JSON.stringify(value)]),
      ),
    );
  });

  it("shows a seed that can be used", () => {
    const example = /```json seed\n([\s\S]*?)```/.exec(text)?.[1] ?? "";
    expect(createEmulator(parseSeed(example)).state().assignments).not.toEqual([]);
  });
});
