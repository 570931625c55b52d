import type { LiveStep } from "../step";

/** Whether a step enforces single sign-on, which shuts out whom the identity provider does not let in. */
export function enforces({ effects }: Pick<LiveStep, "effects">): boolean {
  return effects.some(
    (effect) => effect.type === "setting" && effect.name === "sso_enforced" && effect.value === "true",
  );
}
