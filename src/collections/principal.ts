import { canonicalEmail, type Principal } from "../access";
import type { PrincipalType } from "../api";

/** Who holds something, as the model of the organization names them. */
export function holderOf({
  principalType: type,
  principal,
}: {
  readonly principalType: PrincipalType;
  readonly principal: string;
}): Principal {
  return { type, id: type === "user" ? canonicalEmail(principal) : principal };
}
