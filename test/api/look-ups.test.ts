import type * as Support from "../support/harness";
import type * as Organizations from "../support/organization";

/** What decides after an answer was lost, each by itself replaced by a look at nothing. */
const lookUps = {
  "../../src/api/ensure": {
    ensure: async ({ create }: { create: () => Promise<unknown> }) => ({
      value: await create(),
      how: "created",
    }),
  },
  "../../src/api/unless-done": { unlessDone: async (write: () => Promise<void>) => await write() },
} as const;

/** One apply that loses the answer of its first such request: what was done, and what came of the step. */
async function lost(method: string, off?: keyof typeof lookUps): Promise<readonly string[]> {
  let outcomes: readonly string[] = [];
  await jest.isolateModulesAsync(async () => {
    if (off !== undefined) jest.doMock(off, () => ({ ...jest.requireActual<object>(off), ...lookUps[off] }));
    const { harness } = jest.requireActual<typeof Support>("../support/harness");
    const { organization } = jest.requireActual<typeof Organizations>("../support/organization");
    const nova = (...members: string[]) => ({
      resources: { "amplitude_group.nova": { name: "nova", members } },
    });
    const site = harness({
      organization: organization()
        .group("nova", ["ana@nova.agency"])
        .switches({ "scim-remove-non-member": "404" }),
      stack: nova("ana@nova.agency"),
    });
    await site.apply();
    site.stack(
      method === "POST"
        ? {
            resources: { "amplitude_user.jo": { email: "jo@nova.agency" } },
            released: ["amplitude_group.nova"],
          }
        : nova(),
    );
    await site.fault({ match: { method }, times: 1, fault: { type: "reset", when: "after" } });
    ({ outcomes } = await site.apply());
    jest.dontMock("../../src/api/ensure").dontMock("../../src/api/unless-done");
  });
  return outcomes;
}

describe("an answer is lost, and a look-up decides", () => {
  it("an invitation that went out is done, and would have failed", async () => {
    expect(await lost("POST")).toEqual(["invite jo@nova.agency: done"]);
    expect(await lost("POST", "../../src/api/ensure")).toEqual(["invite jo@nova.agency: failed"]);
  });

  it("a member whom the group has lost is gone, and the repetition that finds nobody would have failed", async () => {
    expect(await lost("PATCH")).toEqual(["nova loses ana@nova.agency: done"]);
    expect(await lost("PATCH", "../../src/api/unless-done")).toEqual(["nova loses ana@nova.agency: failed"]);
  });
});
