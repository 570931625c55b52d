import { mkdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { Engagement, Group, Project } from "amplitude-access";
import { declare, file, GOOD, inFolder, LINES, problems } from "./agency-files";
import { only, synthesize, the, type Result } from "./synthesis";

describe("an agency's file", () => {
  it("is an engagement of its name", () => {
    const result = inFolder({ "nova.yaml": GOOD }, (folder) => declare(folder));
    const inside = { engagement: "nova" };
    expect(only(result, "amplitude_group")).toMatchObject(inside);
    expect(only(result, "amplitude_project_role_assignment")).toMatchObject({
      ...inside,
      role: "Member",
      expires_at: "2027-04-01T00:00:00Z",
    });
  });

  it("says what the same lines of TypeScript say, but for the construct paths", () => {
    const yaml = inFolder({ "nova.yaml": GOOD }, (folder) => declare(folder));
    const typed = synthesize((stack) => {
      const production = Project.named(stack, "Client Production");
      Project.named(stack, "Client Reporting");
      const nova = new Engagement(stack, "nova", {
        ...{ agency: "Nova Analytics GmbH", domains: ["nova.agency"], sow: "SOW-2231", dpa: "DPA-0917" },
        ...{ owner: "priya@acme.com", from: "2026-11-30", until: "2027-03-31" },
      });
      nova
        .group(new Group(stack, "agency-nova", { members: ["jo@nova.agency", "sam@nova.agency"] }))
        .may(production);
    });
    const withoutPaths = ({ text }: Result): string => text.replace(/"path": ".*"/g, "");
    expect(withoutPaths(yaml)).toBe(withoutPaths(typed));
  });

  it("has text, whatever YAML makes of it elsewhere", () => {
    const text = file({ 1: "agency: 0x1F", 3: "sow: 02240", 4: "dpa: 1e3", 6: "from: 2026-11-30T09:00:00Z" });
    const { file: synthesized } = inFolder({ "nova.yaml": text }, (folder) => declare(folder));
    expect(synthesized.locals.amplitude_access["engagements"]).toMatchObject({
      nova: { agency: "0x1F", sow: "02240", dpa: "1e3", from: "2026-11-30T09:00:00Z" },
    });
  });

  it.each<[string, string]>([
    ["comments, a document's start and end", `---\n# agency\n${GOOD}...\n`],
    ["a byte order mark and Windows' line ends", `\ufeff${GOOD.replaceAll("\n", "\r\n")}`],
    ["roles in any case", file({ 11: "    may: { production: Member, reporting: VIEWER }" })],
    ["no group at all", LINES.slice(0, 7).join("\n")],
    ["a far comment", file({}, `${" ".repeat(100)}# reviewed`)],
    [
      "many projects in one line",
      file({ 11: `    may: { production: member, reporting: viewer${" ".repeat(90)}}` }),
    ],
  ])("may have %s", (_what, text) => expect(problems(text)).toEqual([]));

  it("has people and leavers", () => {
    const text = file(
      {},
      ...["people:", "  mia@nova.agency:", "    may: { reporting: viewer }"],
      ...["left:", "  ana@nova.agency:", "    on: 2026-12-01", "    ticket: SEC-311"],
      ...["    content_to: mia@nova.agency", "    content_until: 2026-12-08"],
    );
    const result = inFolder({ "nova.yaml": text }, (folder) => declare(folder));
    expect(only(result, "amplitude_user")).toMatchObject({ email: "mia@nova.agency", engagement: "nova" });
    expect(the(result, "amplitude_project_role_assignment", "role", "Viewer")).toMatchObject({
      principal: "mia@nova.agency",
    });
    expect(only(result, "amplitude_leaver")).toMatchObject({
      ...{ email: "ana@nova.agency", left_on: "2026-12-01", ticket: "SEC-311" },
      ...{ content_to: "mia@nova.agency", content_until: "2026-12-09T00:00:00Z" },
    });
  });
});

describe("a folder", () => {
  const other = (name: string): string => GOOD.replace("agency-nova", name);

  it("has its engagements in the order of names, whatever order the disk has", () => {
    const files = { "b.yaml": other("b"), "a.yaml": other("a"), "B.yaml": other("B"), "notes.md": "# Notes" };
    const names = inFolder(files, (folder) => {
      let engagements: Engagement[] = [];
      synthesize((stack) => {
        const production = Project.named(stack, "Client Production");
        engagements = Engagement.fromFiles(stack, `${folder}/*.yaml`, { production });
      });
      return engagements.map(({ name }) => name);
    });
    expect(names).toEqual(["B", "a", "b"]);
  });

  it("names every problem of every file at once", () => {
    const files = {
      "b.yaml": file({ 4: null, 7: "until: soon" }),
      "a.yaml": file({ 3: "sow:" }),
      "c.yaml": GOOD,
    };
    expect(problems(files)).toEqual([
      "a.yaml:3:5: sow is wrong: it is empty",
      "b.yaml:1:1: the file has no dpa: add it",
      expect.stringMatching(/^b.yaml:6:8: until is wrong: "soon"/),
    ]);
  });

  it("names what contradicts the stack or another file, each at its line", () => {
    const files = {
      "a.yaml": GOOD,
      "b.yaml": GOOD,
      "c.yaml": file({ 7: "until: 2026-01-01" }),
      "d.yaml": file({ 9: "  taken:" }),
    };
    expect(problems(files, (stack) => new Group(stack, "taken"))).toEqual([
      expect.stringMatching(
        /^b.yaml:9:3: Cannot declare the group "agency-nova" .* is declared at acme\/engagement:a/,
      ),
      expect.stringMatching(/^c.yaml:7:8: .* is before its from/),
      expect.stringMatching(/^d.yaml:9:3: .* is declared at acme\/group:taken/),
    ]);
  });

  it("has one file of a name", () => {
    inFolder({ "nova.yaml": GOOD, "nova.yml": other("second") }, (folder) => {
      expect(() =>
        synthesize((stack) =>
          Engagement.fromFiles(stack, `${folder}/*.y*ml`, { production: Project.named(stack, "Web") }),
        ),
      ).toThrow(/nova.yml:1:1: .*the engagement "nova" is declared at acme\/engagement:nova/);
    });
  });

  it("has files, not links and folders", () => {
    inFolder({ "a.yaml": GOOD }, (folder) => {
      symlinkSync(join(folder, "a.yaml"), join(folder, "link.yaml"));
      mkdirSync(join(folder, "folder.yaml"));
      expect(() => declare(folder)).toThrow(
        /folder.yaml:1:1: it is not a plain file[^]*link.yaml:1:1: it is not a/,
      );
    });
  });

  it.each<[string, string, RegExp]>([
    ["without a file that matches", "*.yml", /\*.yml:1:1: no file matches/],
    ["that is not there", "nowhere/*.yaml", /the folder cannot be read \(ENOENT\)/],
    ["with wildcards in its own name", "*/nova.yaml", /wildcards are for the file's name only/],
  ])("is refused %s: nothing declared would be everything revoked", (_how, pattern, message) => {
    inFolder({ "nova.yaml": GOOD }, (folder) => {
      expect(() => synthesize((stack) => Engagement.fromFiles(stack, `${folder}/${pattern}`, {}))).toThrow(
        message,
      );
    });
  });

  it("tells what was tried, where, and what to do", () => {
    inFolder({ "nova.yaml": file({ 4: null }) }, (folder) => {
      expect(() => declare(folder)).toThrow(
        `Cannot declare the engagements of "${folder}/*.yaml" at acme: 1 problem. Correct the files.\n  ${folder}/nova.yaml:1:1: the file has no dpa: add it`,
      );
    });
  });

  it("cannot make a terminal act, by its names or its fields", () => {
    const text = file({ 9: '  "\\e[31m\\u202Enova":', 10: null });
    inFolder({ "no\nva.yaml": text }, (folder) => {
      expect(() => declare(folder)).toThrow(
        /1 problem\. Correct the files\.\n {2}[^\n]*no\\u000ava\.yaml:9:3: \\u001b\[31m\\u202enova has neither from nor members[^\n]*$/,
      );
    });
  });
});
