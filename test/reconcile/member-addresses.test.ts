import { withAddresses } from "../../src/collections/member-addresses";

it("members that SCIM lists by the ids of its people are those people", () => {
  const people = [{ email: "ana@nova.agency", memberId: "480000" }, { email: "bo@lumen.studio" }];
  const listed = [{ id: "601", name: "nova", members: ["480000", "bo@lumen.studio", "480001"] }];
  expect(withAddresses(listed, people)[0]?.members).toEqual(["ana@nova.agency", "bo@lumen.studio", "480001"]);
});
