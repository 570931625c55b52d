import { harness, type Harness } from "../support/harness";
import { acme, grantOn, plain } from "./race";

const [jo, ana] = ["jo@nova.agency", "ana@nova.agency"];
const GRANTS = "/user-management/1/project-role-assignments";
const MEMBERS = "/api/2/organizations/7/members";

/** Somebody else answers a request, or changes what Amplitude answers. */
function instead(
  site: Harness,
  isIt: (request: Request) => boolean,
  answer: (real: Response) => Response | Promise<Response>,
): void {
  const real = site.emulator.fetch;
  Object.assign(site.emulator, {
    fetch: async (request: Request) => (isIt(request) ? answer(await real(request)) : await real(request)),
  });
}

describe("what a write met is what the rest is judged by", () => {
  it("who was to get a grant of their own before they leave a group keeps the group, where somebody gave another", async () => {
    const role = {
      "amplitude_project_role_assignment.eng": {
        ...grantOn("${amplitude_group.eng.id}", "Member"),
        principal_type: "group",
      },
    };
    const site = harness({
      organization: acme().group("eng", [jo, ana]).grant("eng", "Web", "Member"),
      stack: { resources: { "amplitude_group.eng": { name: "eng", members: [jo, ana] }, ...role } },
    });
    await site.apply();
    site.stack({
      resources: {
        "amplitude_group.eng": { name: "eng", members: [ana] },
        ...role,
        "amplitude_project_role_assignment.jo": grantOn(jo, "Member"),
      },
    });
    const { outcomes } = await site.apply({
      meanwhile: () => site.ui({ type: "grant", person: jo, project: "Web", role: "Viewer" }),
    });
    expect(outcomes).toEqual([`${jo} gets Member on Web: failed`, `eng loses ${jo}: skipped`]);
    expect(site.members("eng")).toEqual([ana, jo]);
    // Shown and approved, the next run brings it about.
    const again = await site.apply();
    expect(again.outcomes).toEqual([`${jo}: Viewer → Member on Web: done`, `eng loses ${jo}: done`]);
    expect(again.after.plan.steps).toEqual([]);
  });

  it("an administrator stays where another, who was to stay, was demoted meanwhile", async () => {
    const rank = (email: string, role: string) => ({
      [`amplitude_organization_role.${email.slice(0, 3)}`]: { email, role },
    });
    const provider = { minimum_admins: 2 };
    const priya = "priya@acme.com";
    const site = harness({
      organization: acme().person(ana, { organizationRole: "admin" }),
      stack: { provider, resources: { ...rank(ana, "admin"), ...rank(priya, "admin") } },
    });
    await site.apply();
    site.stack({ provider, resources: { ...rank(ana, "owner"), ...rank(priya, "member") } });
    const { outcomes } = await site.apply({
      meanwhile: () => site.ui({ type: "set_organization_role", email: ana, role: "viewer" }),
    });
    expect(outcomes).toEqual([
      `${ana}: organization role admin → owner: failed`,
      `${priya}: organization role admin → member: skipped`,
    ]);
  });
});

describe("what is there as it was wanted is written all the same, and done", () => {
  it("somebody gave the same role", async () => {
    const site = harness({
      organization: acme().grant(jo, "Web", "Viewer"),
      stack: { resources: { "amplitude_project_role_assignment.jo": grantOn(jo, "Manager") } },
    });
    const { outcomes, sent } = await site.apply({
      meanwhile: () => site.ui({ type: "grant", person: jo, project: "Web", role: "Manager" }),
    });
    expect([outcomes, sent.map(plain)]).toEqual([
      [`${jo}: Viewer → Manager on Web: done`],
      [`GET ${GRANTS}/ID`, `PATCH ${GRANTS}/ID`],
    ]);
  });

  it("somebody took a role away and gave the one that was wanted: it has another id", async () => {
    const site = harness({
      organization: acme().grant(jo, "Web", "Viewer"),
      stack: { resources: { "amplitude_project_role_assignment.jo": grantOn(jo, "Manager") } },
    });
    const { outcomes, sent } = await site.apply({
      async meanwhile() {
        await site.ui({ type: "revoke", person: jo, project: "Web" });
        await site.ui({ type: "grant", person: jo, project: "Web", role: "Manager" });
      },
    });
    expect([outcomes, sent.map(plain)]).toEqual([
      [`${jo}: Viewer → Manager on Web: done`],
      [`GET ${GRANTS}/ID`, `GET ${GRANTS}`, `PATCH ${GRANTS}/ID`, `GET ${GRANTS}`],
    ]);
  });

  it("somebody made the same group, empty or with those who will be in it", async () => {
    const site = harness({
      organization: acme(),
      stack: { resources: { "amplitude_group.eng": { name: "eng", members: [jo, ana] } } },
    });
    const { outcomes, after } = await site.apply({
      meanwhile: () => site.ui({ type: "create_group", name: "eng", members: [jo] }),
    });
    expect(outcomes).toEqual(["create group eng: done", `eng gains ${ana}: done`, `eng gains ${jo}: done`]);
    expect(after.plan.steps).toEqual([]);
  });

  it("a role that was taken away and given anew is another one, whatever its id says", async () => {
    const site = harness({
      organization: acme().grant(jo, "Web", "Viewer"),
      stack: { resources: { "amplitude_project_role_assignment.jo": grantOn(jo, "Viewer") } },
    });
    await site.apply();
    site.stack({});
    const { outcomes } = await site.apply({
      async meanwhile() {
        await site.ui({ type: "revoke", person: jo, project: "Web" });
        await site.ui({ type: "grant", person: jo, project: "Web", role: "Viewer" });
      },
    });
    expect(outcomes).toEqual([`${jo} loses Viewer on Web: failed`]);
    expect(site.grants()).toEqual([`${jo} Web: Viewer`]);
  });
});

it("a leaver's goes whatever it is by now, without a look", async () => {
  const site = harness({
    organization: acme().person(jo, { organizationRole: "manager" }).grant(jo, "Web", "Viewer"),
    stack: { resources: { "amplitude_leaver.jo": { email: jo, left_on: "2026-11-20", ticket: "SEC-1" } } },
  });
  const { sent } = await site.apply({
    async meanwhile() {
      await site.ui({ type: "grant", person: jo, project: "Web", role: "Manager" });
      await site.ui({ type: "set_organization_role", email: jo, role: "member" });
    },
  });
  expect(sent.map(plain)).toEqual([
    `DELETE ${GRANTS}/ID`,
    `PATCH ${MEMBERS}/${jo}`,
    `DELETE /scim/1/Users/${jo}`,
  ]);
  expect(site.people()).not.toContain(jo);
});

describe("what can be looked at is looked at once more before it counts", () => {
  const stack = { resources: { "amplitude_group.eng": { name: "eng", members: [ana] } } };
  const isPatch = ({ method }: Request): boolean => method === "PATCH";

  it("a look that is older than our last write is not taken for somebody's change", async () => {
    const site = harness({
      organization: acme().grant(jo, "Web", "Viewer"),
      stack: { resources: { "amplitude_project_role_assignment.jo": grantOn(jo, "Manager") } },
    });
    await site.ui({ type: "grant", person: jo, project: "Web", role: "Member" });
    await site.fault({ match: { method: "GET", path: `${GRANTS}/*` }, fault: { type: "stale-read" } });
    await site.ui({ type: "grant", person: jo, project: "Web", role: "Viewer" });
    const { outcomes } = await site.apply();
    expect(outcomes).toEqual([`${jo}: Viewer → Manager on Web: done`]);
  });

  it("Amplitude takes a member and answers a group without them: that is not done, and the others are", async () => {
    const site = harness({
      organization: acme().group("eng"),
      stack: { resources: { "amplitude_group.eng": { name: "eng", members: [ana, jo] } } },
    });
    instead(site, isPatch, async (real) => {
      await site.ui({ type: "remove_member", group: "eng", email: jo });
      const group = (await real.json()) as { members: { value: string }[] };
      return Response.json({ ...group, members: group.members.filter(({ value }) => value !== jo) });
    });
    const applied = await site.apply();
    expect(applied.outcomes).toEqual([`eng gains ${ana}: done`, `eng gains ${jo}: failed`]);
    expect(applied.sent).toEqual(["PATCH /scim/1/Groups/601", "GET /scim/1/Groups/601"]);
    const [clash] = (await site.leftOver(applied)).clashes;
    expect(clash?.text).toMatch(
      /there was jo@nova\.agency in eng when it had just been written, and it met eng without .*; priya@acme\.com changed it/,
    );
  });

  it.each([
    ["nothing", () => new Response(null, { status: 204 })],
    ["less than the group", () => Response.json({ id: "601", displayName: "eng" })],
    ["an older group", () => Response.json({ id: "601", displayName: "eng", members: [] })],
  ])("%s as an answer proves nothing", async (_, answer) => {
    const site = harness({ organization: acme().group("eng"), stack });
    instead(site, isPatch, answer);
    const { outcomes } = await site.apply();
    expect(outcomes).toEqual([`eng gains ${ana}: done`]);
  });
});

it("a project that is gone is told by its name, whatever of it was to change", async () => {
  let gone = false;
  const site = harness({
    organization: acme(),
    stack: { resources: { "amplitude_project.web": { name: "Web", environment: "staging" } } },
  });
  instead(
    site,
    ({ method, url }) => gone && method === "GET" && /api\/2\/projects(\/|\?)/.test(url),
    async (real) => {
      const { data } = (await real.json()) as { data?: unknown };
      return data === undefined
        ? Response.json({}, { status: 404 })
        : Response.json({ data: [], next_cursor: null });
    },
  );
  const { results } = await site.apply({
    meanwhile: () => {
      gone = true;
      return Promise.resolve();
    },
  });
  expect(results[0]?.said).toEqual(
    expect.stringContaining("there was project Web when this was planned, and there is no such project now"),
  );
});
