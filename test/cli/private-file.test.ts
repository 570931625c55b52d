import {
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openPrivate, writePrivate, writeReviewed } from "../../src/cli/private-file";

describe("a private file", () => {
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), "private-file-"))));
  afterEach(() => rmSync(folder, { recursive: true }));
  const at = (name: string) => join(folder, name);
  const modeOf = (name: string) => statSync(at(name)).mode & 0o777;

  it("is its owner's alone, and so is a folder that is made for it; one for the repository is not", async () => {
    await writePrivate(at("state/acme/base.json"), "1");
    await writeReviewed(at("approvals/a.json"), "1");
    expect(["state", "state/acme", "state/acme/base.json"].map(modeOf)).toEqual([0o700, 0o700, 0o600]);
    expect(modeOf("approvals/a.json") & 0o700).toBe(0o600);
    expect(modeOf("approvals") & 0o055).toBe(0o055);
  });

  it("replaces a link that somebody laid under its name, and never what it leads to", async () => {
    writeFileSync(at("victim"), "theirs");
    for (const name of ["plan.json", "base.json.journal"]) symlinkSync(at("victim"), at(name));
    await writePrivate(at("plan.json"), "ours");
    const journal = await openPrivate(at("base.json.journal"));
    await journal.writeFile("ours");
    await journal.close();
    expect(readFileSync(at("victim"), "utf8")).toBe("theirs");
    for (const name of ["plan.json", "base.json.journal"]) {
      expect(lstatSync(at(name)).isSymbolicLink()).toBe(false);
      expect([readFileSync(at(name), "utf8"), modeOf(name)]).toEqual(["ours", 0o600]);
    }
  });

  it("has a draft whose name nobody can know, and that is gone where the file cannot be written", async () => {
    mkdirSync(at("plan.json"));
    const links = [String(process.pid), "1", "2"].map((name) => `plan.json.${name}.tmp`);
    writeFileSync(at("victim"), "theirs");
    for (const link of links) symlinkSync(at("victim"), at(link));
    await expect(writePrivate(at("plan.json"), "ours")).rejects.toThrow(/Cannot write .*plan\.json/);
    expect(readFileSync(at("victim"), "utf8")).toBe("theirs");
    expect(readdirSync(folder).sort()).toEqual(["plan.json", "victim", ...links].sort());
  });
});
