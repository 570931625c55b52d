import { Key, Project, type AccessStack } from "amplitude-access";

export function declare(stack: AccessStack): void {
  const production = Project.named(stack, "Client Production");
  stack.key("nova-braze-sync", production, {
    kind: Key.Secret,
    usedBy: "jo@nova.agency",
    knownTo: ["marco@nova.agency"],
    rotateEvery: "180 days",
  });
}
