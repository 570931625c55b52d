import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { buildProvider, EXECUTABLE } from "../../scripts/build-provider";
import { version } from "../../src/api";
import { providerInstallCommand } from "../../src/cli/provider-command";
import { notInstallable, packageFolder } from "../../src/cli/provider-mirror";
import { organization } from "../support/organization";
import { acceptance, binary, Installation, Workspace } from "./workspace";

jest.setTimeout(120_000);

/** Every file below a folder, with its mode and bytes. */
function filesOf(folder: string): Record<string, string> {
  return Object.fromEntries(
    readdirSync(folder)
      .sort()
      .map((name) => {
        const path = join(folder, name);
        return [name, `${(statSync(path).mode & 0o777).toString(8)} ${readFileSync(path, "base64")}`];
      }),
  );
}

describe("where the provider goes", () => {
  it.each([
    ["linux", "x64", "linux_amd64"],
    ["linux", "arm64", "linux_arm64"],
    ["darwin", "arm64", "darwin_arm64"],
  ])("%s on %s is %s", (platform, architecture, name) => {
    const address = "registry.example/amplitude-access/amplitude";
    expect(packageFolder("/m", { address, version: "1.2.3", platform, architecture })).toBe(
      join("/m", "registry.example", "amplitude-access", "amplitude", "1.2.3", name),
    );
  });

  it("Windows is told what to do instead", () => {
    expect(notInstallable("win32")).toMatch(/WSL/);
    expect(notInstallable("linux")).toBeUndefined();
  });

  it("comes with the package: in `files`, and made by `npm run build`", () => {
    const { files, scripts } = JSON.parse(readFileSync("package.json", "utf8")) as {
      files: string[];
      scripts: Record<string, string>;
    };
    expect(files).toContain("lib");
    expect(scripts["build"]).toContain("build:provider");
  });
});

acceptance("provider install", () => {
  let installation: Installation;
  beforeAll(() => {
    installation = new Installation().build();
  });
  afterAll(() => installation.remove());

  const folder = (name: string): string => mkdtempSync(join(installation.folder, name));

  it("is reproducible: two builds are the same bytes", () => {
    const again = join(installation.folder, "again");
    buildProvider(again);
    expect(filesOf(again)).toEqual(filesOf(installation.provider));
    expect(Object.keys(filesOf(again))).toEqual(
      ["answers.cjs", "package.json", "provider.cjs", EXECUTABLE].sort(),
    );
  });

  it("makes init, plan and the lock file work without any configuration; a second one changes nothing", async () => {
    const homes = [folder("home-"), folder("home-")];
    const locks: string[] = [];
    for (const home of homes) {
      expect(install(home)).toMatchObject({ code: 0 });
      expect(install(home).printed).toContain(`version ${version} is there already`);
      const site = await Workspace.open({
        installation,
        seed: organization().seed(),
        env: { HOME: home, TF_CLI_CONFIG_FILE: empty() },
      });
      site.write('resource "amplitude_user" "jo" {\n  email = "jo@nova.agency"\n}\n');
      await site.expect(0, "init", "-input=false");
      if (locks.length === 0) await site.changes();
      locks.push(site.read(".terraform.lock.hcl"));
      await site.close();
    }
    expect(locks[0]).toContain("h1:");
    expect(locks[1]).toBe(locks[0]);
  });

  it("replaces what another build left under the same version, and says what a lock file does then", () => {
    const home = folder("home-");
    install(home);
    const [[target = ""] = []] = [...install(home).printed.matchAll(/: (\/\S+)$/gm)].map(([, path]) => [
      path,
    ]);
    writeFileSync(join(target, "provider.cjs"), "// another build\n");
    const { printed } = install(home);
    expect(printed).toContain(`version ${version} replaced`);
    expect(printed).toContain(".terraform.lock.hcl");
    expect(filesOf(target)).toEqual(filesOf(installation.provider));
  });

  it("without Node, terraform shows what is missing", () => {
    const path = folder("path-");
    cpSync("/bin/sh", join(path, "sh"), { dereference: true });
    const { stdout, status } = spawnSync(join(installation.provider, EXECUTABLE), [], {
      encoding: "utf8",
      env: { PATH: path },
    });
    expect([status, stdout]).toEqual([1, "amplitude-access needs Node.js 20.9 or later on the PATH\n"]);
  });

  it("refuses where there is neither terraform nor tofu", () => {
    const { code, printed } = install(folder("home-"), { PATH: folder("path-") });
    expect(code).toBe(1);
    expect(printed).toContain("neither terraform nor tofu on the PATH");
  });

  function empty(): string {
    const file = join(installation.folder, "empty.tfrc");
    writeFileSync(file, "");
    return file;
  }

  /** The command with this home, the bundle that was built for these tests in the place of the package's. */
  function install(
    home: string,
    env: Readonly<Record<string, string>> = {},
  ): { readonly code: number; readonly printed: string } {
    expect(binary).toBeDefined();
    let printed = "";
    const print = (text: string): void => void (printed += `${text}\n`);
    const code = providerInstallCommand(
      { bundle: installation.provider },
      {
        env: { ...process.env, HOME: home, ...env },
        directory: home,
        terminal: { color: false, interactive: false, result: print, note: print } as never,
      },
    );
    return { code, printed };
  }
});
