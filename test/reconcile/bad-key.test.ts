import { at, seed, siteOf } from "./one-key";

describe("bad input", () => {
  it.each<[string, Readonly<Record<string, unknown>>, string]>([
    [
      "an organization key with a project",
      { key_type: "organization" },
      "An organization key with a project",
    ],
    ["a secret key without one", { project_id: null }, "A secret key without a project"],
    ["a Govern key where Govern is off", { key_type: "govern" }, "Web does not have the add-on govern"],
    ["a type that is none", { key_type: "master" }, '"master" is not one of project, organization, govern'],
    ["generation 0", { generation: 0 }, "generation is 0. The first one is 1."],
    ["a generation in the label", { label: "sync #2" }, 'The label "sync #2" ends in a generation'],
    ["a month", { rotate_every: "1 month" }, '"1 month" is not a number of days ("180 days")'],
    ["zero days", { rotate_every: "0 days" }, "is not a number of days"],
    ["an owner who left", { owners: ["ana@nova.agency"] }, "ana@nova.agency is declared here and has left"],
  ])("%s is refused with what to do", async (_, change, said) => {
    const { resources } = at(1, change);
    const leaver = { email: "ana@nova.agency", left_on: "2026-11-20" };
    const site = siteOf({ stack: { resources: { ...resources, "amplitude_leaver.ana": leaver } } });
    await expect(site.plan()).rejects.toThrow(said);
    expect(site.writes()).toEqual([]);
  });

  it("two live keys of one label are never taken for one", async () => {
    const twin = { label: "sync", scope: "secret" as const, projectId: 501 };
    const site = siteOf({
      organization: {
        ...seed,
        apiKeys: [
          { ...twin, id: "key-8" },
          { ...twin, id: "key-9" },
        ],
      },
    });
    await expect(site.plan()).rejects.toThrow(
      'Two live secret keys are labelled "sync". Amplitude has them under the ids key-8, key-9',
    );
  });
});
