import type { FindingView, PlanView } from "./view/plan-view";
import { cleanText } from "./clean-text";
import { jsonText } from "./json-text";

/**
 * What policies find, for code scanning: SARIF 2.1.0 (https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html). What the plan brings about is
 * new, what was so before is unchanged; a rule without a finding is listed too.
 *
 * @param file where a reader looks: the stack's file in the repository
 */
export function planSarif(
  view: PlanView,
  { version, file = "cdktf.json" }: { readonly version: string; readonly file?: string },
): string {
  const { policies, organization, stacks, digest } = view;
  const rules = new Map(policies.outcomes.map(({ rule, level }) => [rule, level]));
  for (const { rule, level } of policies.findings) rules.set(rule, rules.get(rule) ?? level);
  const names = [...rules.keys()];
  return jsonText({
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: {
          driver: {
            name: "amplitude-access",
            version,
            rules: [...rules].map(([id, level]) => ({
              id,
              name: id,
              shortDescription: { text: said(reasonOf(policies.findings, id) ?? id) },
              defaultConfiguration: { level: levels[level] },
            })),
          },
        },
        automationDetails: {
          id: `amplitude-access/${organization.orgId}/${stacks.map(encodeURIComponent).join("+")}`,
        },
        properties: { plan: digest, notChecked: view.notChecked },
        results: policies.findings.map((finding) => ({
          ruleId: finding.rule,
          ruleIndex: names.indexOf(finding.rule),
          level: levels[finding.level],
          baselineState: finding.isNew ? "new" : "unchanged",
          message: { text: said(`${finding.path}: ${finding.reason.replace(/\.$/, "")}. ${finding.fix}`) },
          partialFingerprints: { "amplitudeAccess/v1": finding.id },
          locations: [
            {
              physicalLocation: { artifactLocation: { uri: encodeURI(file) }, region: { startLine: 1 } },
              logicalLocations: [finding.path, ...finding.addresses].map((name) => ({
                fullyQualifiedName: cleanText(name),
              })),
            },
          ],
        })),
      },
    ],
  });
}

const levels = { deny: "error", warn: "warning" } as const;

const reasonOf = (findings: readonly FindingView[], rule: string): string | undefined =>
  findings.find((finding) => finding.rule === rule)?.reason;

/** A plain message: brackets would begin a link (3.11.6). */
const said = (text: string): string => cleanText(text).replace(/[[\]\\]/g, "\\$&");
