import { Project, type AccessStack } from "amplitude-access";

export function declare(stack: AccessStack): void {
  Project.named(stack, "Client Production").hide("email", { of: "user" });
}
