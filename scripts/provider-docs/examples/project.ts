import { Environment, Project, type AccessStack } from "amplitude-access";

export function declare(stack: AccessStack): void {
  new Project(stack, "Client Sandbox", { environment: Environment.Staging });
}
