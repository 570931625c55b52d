import type { Effect } from "../../access";
import type { Proof } from "../../api";
import { allCollections, type Snapshot } from "../../collections";
import { restsOn } from "../consistency";
import type { GuardFacts, GuardFinding, GuardRule } from "./guard";

/** Nothing can be taken away because it is missing in a list which is not proved whole, and nothing rests on lists that do not fit. */
export const wholeRead: GuardRule = {
  name: "whole-read",
  opens: "never",
  advice: "Read again.",
  judge(facts) {
    const { snapshot, steps } = facts;
    const open = unproved(snapshot);
    const taking = steps.filter(({ step, effects }) => step.actor !== "record" && effects.some(takes));
    const text =
      open.length === 0
        ? `${snapshot.proofs.length} lists, each proved whole`
        : `not proved whole: ${open.join(", ")}`;
    return [
      {
        found: open.length,
        limit: 0,
        text,
        verdict: open.length > 0 && taking.length > 0 ? "unjudged" : "passes",
        people: [],
        steps: open.length > 0 ? taking.map(({ step }) => step.id) : [],
      },
      ...doubts(facts),
    ];
  },
};

/** One entry for every discrepancy on which a step rests. */
function doubts({ discrepancies, steps, before, leavers }: GuardFacts): GuardFinding[] {
  return discrepancies.flatMap(({ name, count, says, advice, doubt }): GuardFinding[] => {
    const resting = steps.filter((live) => restsOn(live, doubt, { live: before, leavers }));
    if (resting.length === 0) return [];
    return [
      {
        subject: name,
        found: count,
        limit: 0,
        text: says,
        verdict: "holds",
        people: [],
        steps: resting.map(({ step }) => step.id),
        advice,
      },
    ];
  });
}

/** The SCIM key alone selects the organization: a first write needs a proof that it is the one named. */
export const organization: GuardRule = {
  name: "organization",
  opens: "trust",
  advice: "Look at the people above. If it is the right one, run again with --trust-organization.",
  judge({ fingerprint: { proved, how }, steps, trusted }) {
    const writes = steps.some(({ step }) => step.actor === "write");
    const holds = !proved && !trusted && writes;
    return [
      {
        found: proved ? 0 : 1,
        limit: 0,
        text: `${proved ? "the one named" : trusted ? "trusted" : "not proved to be the one named"}: ${how}`,
        verdict: holds ? "unjudged" : "passes",
        people: [],
        // Not even a record is made of what may be somebody else's.
        steps: holds ? steps.map(({ step }) => step.id) : [],
      },
    ];
  },
};

/** Lists of families that answered, whose proof is missing or says less than whole. Nothing goes because a witness lacks it. */
function unproved({ families, proofs }: Snapshot): string[] {
  const whole = new Set(proofs.filter(isWhole).map(({ collection }) => collection));
  const missing = allCollections.flatMap(([, { family, title, extent, witness }]) =>
    extent === undefined && witness !== true && families.includes(family) && !whole.has(title) ? [title] : [],
  );
  const short = proofs.filter((proof) => !isWhole(proof)).map(({ collection }) => collection);
  return [...new Set([...missing, ...short])];
}

const isWhole = ({ rows, total }: Proof): boolean => total === undefined || rows === total;

const TAKING = new Set<Effect["type"]>([
  "remove_person",
  "remove_member",
  "revoke",
  "revoke_module",
  "delete_group",
  "delete_key",
  "archive_project",
]);
const takes = ({ type }: Effect): boolean => TAKING.has(type);
