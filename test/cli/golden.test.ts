import { acmeSeed, at, nova, stackFile } from "./acme";
import { Workplace } from "./command-line";

const RUN = "--config stack.json --emulator org.json";

/** Digests change with every field that is added to a plan; the words around them should not. */
const steady = (text: string): string =>
  text.replace(/\b(plan|drift) [0-9a-f]{4}-[0-9a-f]{4}\b/g, "$1 ####-####");

/** Everything that a reader can meet: somebody joins, leaves, changes, waits, is done by hand, is refused. */
const monday = stackFile({
  resource: {
    ...nova(["ana@nova.agency", "jo@nova.agency"], "Manager"),
    amplitude_user: {
      ben: at("acme/ben/Resource", { email: "ben@acme.com", given_name: "Ben", expires_at: "2027-03-31" }),
    },
    amplitude_leaver: {
      leo: at("acme/leo/Resource", {
        email: "leo@nova.agency",
        left_on: "2026-11-23",
        ticket: "SEC-311",
        content_to: "ana@nova.agency",
      }),
    },
    amplitude_idp_group: {
      analysts: at("acme/amp-analysts/Resource", {
        name: "amp-analysts",
        expected_members: ["priya@acme.com", "tom@acme.com"],
      }),
    },
  },
});

it("one Monday, as it is printed", async () => {
  const place = new Workplace();
  place.write("org.json", acmeSeed);
  const printed = async (line: string): Promise<string> => {
    const { exitCode, out, err } = await place.run(`${line} ${RUN}`);
    return steady(
      `$ amplitude-access ${line}\n${out}${err === "" ? "" : `--- stderr\n${err}`}--- exit code ${exitCode}\n`,
    );
  };
  place.write("stack.json", stackFile({ resource: nova() }));
  expect((await place.run(`apply --yes ${RUN}`)).exitCode).toBe(0);
  await place.control("org.json", "clock/advance", { seconds: 5400 });
  await place.ui("org.json", "priya@acme.com", {
    type: "add_member",
    group: "agency-nova",
    email: "mia@acme.com",
  });
  await place.ui("org.json", "tom@acme.com", {
    type: "grant",
    group: "agency-nova",
    project: "Client Production",
    role: "Admin",
  });

  expect(await printed("drift")).toMatchSnapshot("drift");
  place.write("stack.json", monday);
  expect(await printed("plan --out plan.json")).toMatchSnapshot("plan");
  expect(await printed("apply plan.json")).toMatchSnapshot("apply");
  expect(await printed("plan")).toMatchSnapshot("plan afterwards");
  place.remove();
});
