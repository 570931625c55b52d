import { number } from "../count";
import type { PlanView } from "../view/plan-view";
import { blockedText } from "../view/view-discrepancies";
import type { Section } from "./budget";
import { prose } from "./markdown-text";

/** Lists that do not fit together; nothing where all fit. */
export function discrepancySections({ read: { discrepancies } }: PlanView): Section[] {
  if (discrepancies.length === 0) return [];
  return [
    {
      before: "⚠️ **The lists do not fit together:**\n",
      lines: discrepancies.map(
        (found) => `- ${prose(found.says)}. ${prose(blockedText(found))}. ${prose(found.advice)}.`,
      ),
      after: "\n",
      counts: (from) => `- and ${number(discrepancies.length - from)} more`,
      urgency: 1,
      share: 0.1,
    },
  ];
}
