import type { GuardRule } from "./guard";

/** Somebody would lose for a while what they are to keep, in every order of the steps. */
export const gaps: GuardRule = {
  name: "gaps",
  opens: "approval",
  advice: "Make two plans of it, or have the gap approved.",
  judge({ gaps: found, steps }) {
    const known = new Set(steps.map(({ step }) => step.id));
    const open = found.filter(({ from }) => known.has(from));
    const people = [...new Set(open.map(({ email }) => email))].sort();
    const texts = open.map(({ email, loses }) => `${email} loses ${loses} for a while`);
    return [
      {
        found: open.length,
        limit: 0,
        text: `${open.length === 0 ? "nobody loses for a while what they keep" : texts.join(", ")}; limit 0`,
        verdict: open.length > 0 ? "holds" : "passes",
        people,
        steps: [...new Set(open.map(({ from }) => from))],
      },
    ];
  },
};
