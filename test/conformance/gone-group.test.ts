import { connect } from "../../src/api";
import { createEmulator } from "../../src/emulator";
import { removeMember } from "../../src/resources/operations/group";
import { organization } from "../support/organization";

describe("taking somebody out of a group", () => {
  const emulator = createEmulator(
    organization().people("jo@nova.agency").group("eng", ["jo@nova.agency"]).seed(),
  );
  const api = connect({
    orgId: 7,
    region: "us",
    env: { AMPLITUDE_SCIM_KEY: emulator.state().credentials.scimKey, AMPLITUDE_BASE_URL: "http://127.0.0.1" },
    fetch: (request) => emulator.fetch(request),
  });
  const take = async (groupId: string): Promise<unknown> =>
    await removeMember.perform?.(
      api,
      [{ values: { group: "eng", email: "jo@nova.agency" }, facts: { groupId } }],
      new Map(),
      { refusal: () => Promise.resolve(undefined), put: () => Promise.resolve() },
    );

  it("that is gone by now is done: nobody is in it", async () => {
    await expect(take("999")).resolves.toEqual([]);
  });

  it("that is there and answers 404 is a failure", async () => {
    const fault = {
      match: { method: "PATCH", path: "/scim/1/Groups/*" },
      times: 1,
      fault: { type: "status", status: 404 },
    };
    await emulator.fetch(
      new Request("http://127.0.0.1/_emulator/faults", { method: "POST", body: JSON.stringify(fault) }),
    );
    const [id = 0] = emulator.state().groups.map((group) => group.id);
    await expect(take(String(id))).rejects.toThrow("answered 404");
    await take(String(id));
    expect(emulator.state().groups[0]?.members).toEqual([]);
  });
});
