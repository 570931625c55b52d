import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { organization } from "../support/organization";
import { acceptance, Installation, Workspace } from "./workspace";

jest.setTimeout(120_000);

const DOCS = join(__dirname, "..", "..", "docs");

/** The blocks of every example in HCL of the provider's docs; a lookup that several pages have is there once. */
function examples(): string[] {
  const pages = ["resources", "data-sources"].flatMap((folder) =>
    readdirSync(join(DOCS, folder)).map((name) => join(folder, name)),
  );
  const fences = ["index.md", ...pages].flatMap((page) => [
    ...readFileSync(join(DOCS, page), "utf8").matchAll(/```terraform\n(.*?)```/gs),
  ]);
  return [...new Set(fences.flatMap(([, text = ""]) => text.trim().split(/\n\n(?=\w)/)))];
}

acceptance("the examples in HCL of the provider's docs", () => {
  let installation: Installation;
  let site: Workspace;

  beforeAll(async () => {
    installation = new Installation().build();
    site = await Workspace.open({ installation, seed: organization().seed(), attached: true });
  });
  afterAll(async () => {
    await site.close();
    installation.remove();
  });

  it("are valid all at once, and formatted as terraform does", async () => {
    site.file("main.tf", `${examples().join("\n\n")}\n`);
    await site.expect(0, "validate");
    await site.expect(0, "fmt", "-check", "-diff");
  });

  it("are looked at: what they misspell is found", async () => {
    site.file("main.tf", examples().join("\n\n").replace("known_to", "known_two"));
    expect((await site.expect(1, "validate")).text).toContain("known_two");
  });
});
