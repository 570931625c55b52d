import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { takeLock } from "../../src/cli/lock-file";

describe("a lock that a killed run left behind", () => {
  const directory = mkdtempSync(join(tmpdir(), "amplitude-access-lock-"));
  const path = join(directory, "base.json.lock");
  // A number that was a process a moment ago, and is none.
  const dead = spawnSync(process.execPath, ["-e", ""]).pid;
  afterEach(() => rmSync(path, { force: true }));
  afterAll(() => rmSync(directory, { recursive: true }));

  it("is taken over, and given back without a trace", async () => {
    writeFileSync(path, `${hostname()} ${dead}`);
    const release = await takeLock(path);
    expect(readFileSync(path, "utf8")).toBe(`${hostname()} ${process.pid}`);
    await release();
    expect(readdirSync(directory)).toEqual([]);
  });

  it("by a process that has the number of the dead one, as in a container, is taken over too", async () => {
    writeFileSync(path, `${hostname()} ${process.pid}`);
    await (
      await takeLock(path)
    )();
    expect(existsSync(path)).toBe(false);
  });

  it("but what this process holds it does not take from itself", async () => {
    const release = await takeLock(path);
    await expect(takeLock(path)).rejects.toThrow("Another apply is running");
    await release();
  });

  it("while another one takes it over, is nobody else's", async () => {
    writeFileSync(path, `${hostname()} ${dead}`);
    writeFileSync(`${path}.takeover`, "elsewhere 1");
    await expect(takeLock(path)).rejects.toThrow(/takeover is held by elsewhere 1/);
    expect(readFileSync(path, "utf8")).toBe(`${hostname()} ${dead}`);
    rmSync(`${path}.takeover`);
  });

  it("of another machine, or that nobody signed, is left to somebody who knows", async () => {
    for (const holder of ["elsewhere 1", ""]) {
      writeFileSync(path, holder);
      await expect(takeLock(path)).rejects.toThrow("remove the file if that run is over");
      expect(readFileSync(path, "utf8")).toBe(holder);
    }
  });
});
