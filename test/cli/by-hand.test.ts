import { mkdirSync, readdirSync, readFileSync } from "node:fs";
import { collaboratorSettings, Engagement, Group, Key, Project, Role } from "amplitude-access";
import { FACTS } from "../constructs/nova";
import { synthesize } from "../constructs/synthesis";
import { acmeSeed } from "./acme";
import { Workplace } from "./command-line";

const RUN = "--config stack.json --emulator org.json";

/** Settings, administrators, a role, a module and a key beside what Amplitude has an API for. */
function stackText(): string {
  return synthesize((stack) => {
    stack.admins("tom@acme.com", "priya@acme.com");
    collaboratorSettings(stack);
    const production = Project.named(stack, "Client Production");
    const nova = new Engagement(stack, "nova", { ...FACTS, from: "2026-11-01" });
    nova
      .group(new Group(stack, "agency-nova", { members: ["ana@nova.agency", "leo@nova.agency"] }))
      .may(Role.Viewer, production);
    nova.person("jo@nova.agency").organizationRole("manager").may(Role.Viewer, production);
    nova.key("nova-sync", production, { kind: Key.Project });
  }).text;
}

describe("a stack that asks for what Amplitude has no API for", () => {
  const place = new Workplace();
  afterAll(() => place.remove());
  const plan = async (): Promise<string> => (await place.run(`plan ${RUN}`)).out;
  const byHand = (text: string): string[] =>
    [...text.matchAll(/by hand +(.*?) {3}(?:.*? {3})?Amplitude, .*? {3}\[confirm (\w+)\]/g)].map(
      ([, what]) => what ?? "",
    );
  const idsIn = (text: string): string[] =>
    [...text.matchAll(/\[confirm (\w+)\]/g)].map(([, id]) => id ?? "");
  const confirmations = (): string[] => readdirSync(place.path("confirmations")).sort();

  it("plans it as steps by hand, with the way through Amplitude's pages", async () => {
    place.write("org.json", acmeSeed);
    place.write("stack.json", stackText());
    expect(byHand(await plan()).sort()).toEqual([
      "create project key nova-sync of Client Production, generation 1",
      "jo@nova.agency: organization role manager",
      "organization: jit_default_role member",
      "organization: mfa_required true",
      "priya@acme.com: organization role admin",
      "the administrators are these and nobody else: priya@acme.com, tom@acme.com",
      "tom@acme.com: organization role admin",
    ]);
  });

  it("applies the rest and ends with 6, run after run", async () => {
    const { exitCode, out } = await place.run(`apply --yes ${RUN}`);
    expect(exitCode).toBe(6);
    expect(out).toMatch(/done +invite jo@nova\.agency/);
    const again = await place.run(`apply --yes ${RUN}`);
    expect(again.exitCode).toBe(6);
    expect(again.out).not.toMatch(/done +/);
  });

  it("is done when a person confirmed each step, in reviewed files", async () => {
    mkdirSync(place.path("confirmations"), { recursive: true });
    for (const id of idsIn(await plan()))
      expect((await place.run(`confirm ${id} --by priya@acme.com ${RUN}`)).exitCode).toBe(0);
    expect(confirmations()).toHaveLength(7);
    expect((await place.run(`apply --yes ${RUN}`)).exitCode).toBe(0);
    expect(await plan()).toContain("No changes.");
    expect((await place.run(`drift ${RUN}`)).exitCode).toBe(0);
  });

  it("can be said again before the word on a state ends, and an act cannot", async () => {
    const text = await plan();
    expect(text).toMatch(
      /organization: mfa_required true: confirmed by priya@acme\.com .*until .*\[confirm \w+\]/,
    );
    expect(text).toMatch(/create project key [^\n]*confirmed by priya@acme\.com on [-\d]+$/m);
    const [id = ""] = idsIn(text);
    const { exitCode } = await place.run(
      `confirm ${id} --by tom@acme.com --until 2026-12-20T00:00:00Z ${RUN}`,
    );
    expect(exitCode).toBe(0);
    expect(await plan()).toContain("confirmed by tom@acme.com");
    const act = confirmations().find((file) => file.startsWith("key.create")) ?? "";
    const actId = act.replace(/.*-(\w+)\.json$/, "$1");
    const refused = await place.run(`confirm ${actId} --by tom@acme.com ${RUN}`);
    expect(refused.exitCode).toBe(1);
    expect(refused.err).toContain(`No step by hand has the id ${actId}`);
  });

  it("is asked again when the word on a state ends; that on an act does not", async () => {
    await place.control("org.json", "clock/advance", { seconds: 31 * 24 * 60 * 60 });
    expect(byHand(await plan())).toHaveLength(6);
    expect(await plan()).not.toMatch(/by hand +create project key/);
    expect((await place.run(`apply --yes ${RUN}`)).exitCode).toBe(6);
  });

  it("refuses a confirmation that was edited", async () => {
    const name = confirmations().find((file) => file.startsWith("organization.role")) ?? "";
    const kept = readFileSync(place.path(`confirmations/${name}`), "utf8");
    place.write(`confirmations/${name}`, kept.replace(/"admin"|"manager"/, '"owner"'));
    const { exitCode, err } = await place.run(`plan ${RUN}`);
    expect(exitCode).toBe(1);
    expect(err).toMatch(/edited or cut short/);
    place.write(`confirmations/${name}`, kept);
  });
});
