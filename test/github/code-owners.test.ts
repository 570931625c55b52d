import { ownersOf, parseCodeOwners } from "../../src/github/code-owners";

/** Who owns a path by one pattern: does it match? */
const matches = (pattern: string, path: string): boolean =>
  ownersOf(parseCodeOwners(`${pattern} @o`), path).length > 0;

describe("patterns of CODEOWNERS", () => {
  it.each([
    // GitHub's own example, line by line.
    ["*", ["a", "a/b.ts", ".github/x"], []],
    ["*.js", ["a.js", "a/b.js"], ["a.jsx", "a.ts"]],
    ["/build/logs/", ["build/logs/a", "build/logs/a/b"], ["build/logs", "x/build/logs/a"]],
    ["docs/*", ["docs/getting-started.md"], ["docs/build-app/troubleshooting.md", "x/docs/a.md"]],
    ["apps/", ["apps/a", "x/apps/a/b"], ["apps", "my-apps/a"]],
    ["/docs/", ["docs/a", "docs/a/b"], ["x/docs/a"]],
    ["/scripts/", ["scripts/a"], ["x/scripts/a"]],
    ["**/logs", ["logs/a", "build/logs/a", "deeply/nested/logs/a/b"], ["catalogs/a"]],
    ["/apps/github", ["apps/github", "apps/github/a"], ["apps/githubs", "x/apps/github"]],
    // What gitignore says besides.
    ["stacks/**/acme.ts", ["stacks/acme.ts", "stacks/a/b/acme.ts"], ["stacks/a/xacme.ts"]],
    ["stacks/**", ["stacks/a", "stacks/a/b"], ["stacks", "x/stacks/a"]],
    ["/my-stacks/", ["my-stacks/a"], ["my.stacks/a", "x/my-stacks/a"]],
    ["a?c.ts", ["abc.ts", "x/abc.ts"], ["a/c.ts", "ac.ts"]],
    ["/a.b+(c)", ["a.b+(c)"], ["axb+(c)", "a.bb"]],
    ["with\\ blank/", ["with blank/a"], ["with/a", "blank/a"]],
    ["CODEOWNERS", ["CODEOWNERS", "docs/CODEOWNERS"], ["codeowners"]],
  ] as const)("%s", (pattern, yes, no) => {
    expect(yes.filter((path) => !matches(pattern, path))).toEqual([]);
    expect(no.filter((path) => matches(pattern, path))).toEqual([]);
  });

  it("the last line that matches decides, also when it names nobody", () => {
    const owners = parseCodeOwners(
      ["* @global @Acme/Team", "/stacks/ @farah # reviewed", "/stacks/open.ts", "# /stacks/ @no", ""].join(
        "\r\n",
      ),
    );
    expect(ownersOf(owners, "a.ts")).toEqual(["@global", "@acme/team"]);
    expect(ownersOf(owners, "stacks/a.ts")).toEqual(["@farah"]);
    expect(ownersOf(owners, "stacks/open.ts")).toEqual([]);
  });

  it("what GitHub does not read makes nobody an owner", () => {
    const owners = parseCodeOwners("!a.ts @x\n[ab].ts @x\n\\#a @x\n");
    for (const path of ["a.ts", "b.ts", "#a", "!a.ts", "[ab].ts"]) expect(ownersOf(owners, path)).toEqual([]);
  });
});
