import { createEmulator } from "../../src/emulator";
import { harness } from "../support/harness";
import { organization } from "../support/organization";

const names = (count: number): string[] =>
  Array.from({ length: count }, (_, index) => `p${String(index + 1).padStart(3, "0")}@nova.agency`);
const users = (emails: readonly string[]): Record<string, Record<string, unknown>> =>
  Object.fromEntries(emails.map((email) => [`amplitude_user.${email.replace(/\W/g, "_")}`, { email }]));
const nova = (members?: readonly string[]): Record<string, Record<string, unknown>> => ({
  "amplitude_group.nova": { name: "nova", ...(members === undefined ? {} : { members }) },
});

/** What went wrong in other tools for access as code, each with where it was reported. */
describe("a trap that others fell into", () => {
  it("a dry run that writes (alchemy#793): plan and drift send no write", async () => {
    const site = harness({
      organization: organization(),
      stack: { resources: { ...users(names(2)), ...nova(names(2)) } },
    });
    await site.plan();
    await site.drift();
    expect(site.writes()).toEqual([]);
    expect(site.base).toBeUndefined();
  });

  it("an error that is swallowed (okta#2866): a refused write fails its step, and its record is not made", async () => {
    const site = harness({
      organization: organization().people(...names(1)),
      stack: { resources: nova(names(1)) },
    });
    await site.fault({
      match: { method: "PATCH", path: "/scim/1/Groups/*" },
      times: 9,
      fault: { type: "status", status: 403, body: { detail: "forbidden" } },
    });
    const { outcomes, records, results } = await site.apply();
    expect(outcomes).toEqual(["create group nova: done", "nova gains p001@nova.agency: failed"]);
    expect(results.find(({ outcome }) => outcome === "failed")?.said).toContain("forbidden");
    expect(records.every((text) => !text.endsWith(": done") || text.startsWith("policy"))).toBe(true);
  });

  it("a default that changes in a migration (grafana#2690): what a provider block leaves out is 25 %, above 4, and 20", async () => {
    const site = harness({ organization: organization(), stack: {} });
    const { plan } = await site.plan();
    const limits = new Map(plan.guards.map(({ guard, text }) => [guard, text]));
    expect(limits.get("removals")).toMatch(/limit 25 %, counted above 4$/);
    expect(limits.get("invitations")).toMatch(/limit 20$/);
    expect(limits.get("removals-in-all")).toMatch(/no limit is set$/);
  });

  it("an e-mail in another case (aiven#1450): nothing is to be done, run after run", async () => {
    const site = harness({
      organization: organization().person("Jo@Nova.Agency").group("nova", ["Jo@Nova.Agency"]),
      stack: { resources: { "amplitude_user.jo": { email: "jO@nova.AGENCY" }, ...nova(["JO@nova.agency"]) } },
    });
    await site.apply();
    expect(site.writes()).toEqual([]);
    expect((await site.plan()).plan.steps).toEqual([]);
  });

  it("an invitation withdrawn by a request without an id (segment): one request, with the address in it", async () => {
    const site = harness({ organization: organization(), stack: { resources: users(["jo@nova.agency"]) } });
    await site.apply();
    site.forget();
    site.stack({});
    await site.apply();
    expect(site.writes()).toEqual(["DELETE /scim/1/Users/jo@nova.agency"]);
    expect(site.people()).toEqual(["priya@acme.com", "tom@acme.com"]);
  });

  it("a brake that ignores pending invitations (peribolos): they count as people", async () => {
    const site = harness({ organization: organization(), stack: { resources: users(names(8)) } });
    await site.apply();
    site.forget();
    site.stack({});
    const { planned } = await site.apply();
    expect(planned.plan.guards.find(({ guard }) => guard === "removals")?.text).toMatch(
      /^8 of 10 people \(80 %\)/,
    );
    expect(site.writes()).toEqual([]);
  });

  it("a loop of invitations (kubernetes/org#3367): who was removed by others is invited once", async () => {
    const site = harness({ organization: organization(), stack: { resources: users(["jo@nova.agency"]) } });
    await site.apply();
    await site.ui({ type: "remove_person", email: "jo@nova.agency" });
    for (let run = 0; run < 3; run++) await site.apply();
    expect(site.invitations()).toEqual(["jo@nova.agency"]);
  });

  it("a list of nobody (ssosync#194): nobody is invited again, nobody is removed, nothing is forgotten", async () => {
    const site = harness({
      organization: organization(),
      stack: {
        provider: { owns_people_of: ["nova.agency"] },
        resources: { ...users(names(3)), ...nova(names(3)) },
      },
    });
    await site.apply();
    const before = site.people();
    site.forget();
    const { emulator } = site;
    const answer = emulator.fetch.bind(emulator);
    Object.assign(emulator, {
      fetch: async (request: Request) => {
        const response = await answer(request);
        if (request.method !== "GET" || !new URL(request.url).pathname.endsWith("/scim/1/Users"))
          return response;
        const page = { ...((await response.json()) as object), totalResults: 0, Resources: [] };
        return Response.json(page);
      },
    });
    const { planned } = await site.apply();
    Object.assign(emulator, { fetch: answer });
    expect(planned.plan.invitations).toEqual([]);
    expect(site.writes().filter((text) => !text.includes("/Groups"))).toEqual([]);
    expect(site.people()).toEqual(before);
    expect((await site.plan()).plan.refusals).toEqual([]);
  });

  it("more members than a page or a request holds (fusionauth#2784): all of them are in, and stay in", async () => {
    const many = names(230);
    const site = harness({ organization: organization().people(...many), stack: { resources: nova(many) } });
    const { after } = await site.apply();
    expect(site.members("nova")).toEqual(many);
    expect(after.plan.steps).toEqual([]);
  });

  it("a 429 for what was done all the same (ssosync#13): the 409 that follows is no failure", async () => {
    const site = harness({
      organization: organization().people("jo@nova.agency").project("Web"),
      stack: {
        resources: {
          "amplitude_project_role_assignment.jo": {
            principal_type: "user",
            principal: "jo@nova.agency",
            project_id: "501",
            role: "Member",
          },
        },
      },
    });
    const { emulator } = site;
    const answer = emulator.fetch.bind(emulator);
    let limited = false;
    Object.assign(emulator, {
      fetch: async (request: Request) => {
        const response = await answer(request);
        if (limited || request.method !== "POST" || !request.url.includes("role-assignments"))
          return response;
        limited = true;
        return Response.json(
          { title: "Too many requests" },
          { status: 429, headers: { "Retry-After": "1" } },
        );
      },
    });
    const { outcomes, after } = await site.apply();
    expect(limited).toBe(true);
    expect(outcomes).toEqual(["jo@nova.agency gets Member on Web: done"]);
    expect(site.grants()).toEqual(["jo@nova.agency Web: Member"]);
    expect(after.plan.steps).toEqual([]);
  });

  it("a group that is no longer written as a whole (snowflake#1845): nobody is taken out", async () => {
    const site = harness({
      organization: organization().people(...names(3)),
      stack: { resources: nova(names(3)) },
    });
    await site.apply();
    site.forget();
    site.stack({ resources: nova() });
    const { after } = await site.apply();
    expect(site.writes()).toEqual([]);
    expect(site.members("nova")).toEqual(names(3));
    expect(after.plan.steps).toEqual([]);
  });

  it("an owner of the organization is no difference to a line that lets them in (github#85)", async () => {
    const site = harness({
      organization: organization().switches({ management: "served" }),
      stack: { resources: users(["tom@acme.com"]) },
    });
    await site.apply();
    expect(site.writes()).toEqual([]);
    expect((await site.plan()).plan.steps).toEqual([]);
    expect(createEmulator(site.emulator.state()).state().people[0]?.organizationRole).toBe("owner");
  });
});
