import { harness } from "../support/harness";
import { acme } from "./race";

const [jo, ana] = ["jo@nova.agency", "ana@nova.agency"];
const rank = (email: string, role: string) => ({
  [`amplitude_organization_role.${email.slice(0, 3)}`]: { email, role },
});

describe("a server that shows no member and no project singly: the list says what is there", () => {
  it.each([
    ["404", () => new Response("Not Found", { status: 404 })],
    ["a page and 404", () => new Response("<!doctype html><html></html>", { status: 404 })],
    ["405", () => new Response("", { status: 405 })],
    ["a page", () => new Response("<!doctype html><html></html>", { status: 200 })],
  ])("%s", async (_, answer) => {
    const site = harness({
      organization: acme().person(jo, { organizationRole: "manager" }).person("sam@nova.agency"),
      stack: {
        resources: {
          ...rank(jo, "no_access"),
          ...rank(ana, "manager"),
          ...rank("sam@nova.agency", "viewer"),
          "amplitude_project.web": { name: "Web", environment: "staging" },
        },
      },
    });
    const real = site.emulator.fetch;
    Object.assign(site.emulator, {
      fetch: async (request: Request) =>
        request.method === "GET" && /(members|projects)\/[^/]+$/.test(new URL(request.url).pathname)
          ? answer()
          : await real(request),
    });
    const { outcomes, after } = await site.apply({
      meanwhile: () => site.ui({ type: "set_organization_role", email: "sam@nova.agency", role: "manager" }),
    });
    expect([...outcomes].sort()).toEqual([
      `${ana}: organization role member → manager: done`,
      `${jo}: organization role manager → no_access: done`,
      "project Web: environment staging: done",
      "sam@nova.agency: organization role member → viewer: failed",
    ]);
    const left = after.plan.steps.filter(({ actor }) => actor === "write");
    expect(left.map(({ text }) => text)).toEqual(["sam@nova.agency: organization role manager → viewer"]);
  });
});
