import { planSarif, viewOf } from "../../src/report";
import { agencyArrives } from "./situations";

interface Sarif {
  readonly version: string;
  readonly runs: readonly [
    {
      readonly tool: { readonly driver: { readonly rules: readonly { readonly id: string }[] } };
      readonly results: readonly {
        readonly ruleId: string;
        readonly ruleIndex: number;
        readonly message: { readonly text: string };
      }[];
    },
  ];
}

describe("policy findings for code scanning", () => {
  it("are SARIF 2.1.0: each names its rule, its place and what to do; brackets are no links", async () => {
    const view = viewOf(await agencyArrives().plan(), "apply");
    const finding = {
      id: "f1",
      rule: "direct-grants",
      level: "warn",
      isNew: true,
      path: "jo@nova.agency on [Web](https://evil.example): Viewer direct",
      addresses: ["acme/amplitude_project_role_assignment.jo"],
      people: ["jo@nova.agency"],
      reason: "groups are what the review covers",
      fix: "Put jo into a group.",
    } as const;
    const policies = {
      says: "1 pass",
      findings: [{ ...finding, addresses: [...finding.addresses], people: [...finding.people] }],
      outcomes: [
        { rule: "two-owners", level: "deny" as const, before: 0, after: 0, judged: "whole" as const },
        { rule: "direct-grants", level: "warn" as const, before: 0, after: 1, judged: "whole" as const },
      ],
    };
    const log = JSON.parse(planSarif({ ...view, policies }, { version: "1.2.3" })) as Sarif;
    expect(log.version).toBe("2.1.0");
    const [{ tool, results }] = log.runs;
    expect(tool.driver.rules.map(({ id }) => id)).toEqual(["two-owners", "direct-grants"]);
    expect(results).toMatchObject([
      {
        ruleId: "direct-grants",
        ruleIndex: 1,
        level: "warning",
        baselineState: "new",
        partialFingerprints: { "amplitudeAccess/v1": "f1" },
        locations: [
          {
            physicalLocation: { artifactLocation: { uri: "cdktf.json" }, region: { startLine: 1 } },
            logicalLocations: [
              { fullyQualifiedName: "jo@nova.agency on [Web](https://evil.example): Viewer direct" },
              { fullyQualifiedName: "acme/amplitude_project_role_assignment.jo" },
            ],
          },
        ],
      },
    ]);
    expect(results[0]?.message.text).toContain("on \\[Web\\](https");
  });
});
