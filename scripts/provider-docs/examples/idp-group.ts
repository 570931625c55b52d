import { IdpGroup, type AccessStack } from "amplitude-access";

export function declare(stack: AccessStack): void {
  IdpGroup.named(stack, "amp-nova-analysts", { expects: ["marco@nova.agency"] });
}
