import type { Construct } from "constructs";
import { oneOf } from "../schema";
import { Declarations } from "./declarations";
import * as l1 from "./generated";
import { checked, checkedIfGiven, literal } from "./literal";

/** What a stack says of a property. */
export interface PropertyProps {
  /** Whose property it is: a user's, an event's, or that of a group of users, such as an account. */
  readonly of: "user" | "event" | "group";
  /** All of its classifications; who may see those is decided per group, in Amplitude's pages. Left out: not managed. */
  readonly classify?: readonly ("PII" | "SENSITIVE" | "REVENUE")[];
  /** Why, for the record. */
  readonly because?: string;
}

const owner = oneOf(["user", "event", "group"]);
const classification = oneOf(["PII", "SENSITIVE", "REVENUE"]);

/** Declares a hidden property of a project. @throws StackError */
export function declareHidden(
  project: Construct & { readonly name: string; readonly projectId: string },
  name: string,
  { of, classify, because }: PropertyProps,
): l1.PropertyVisibility {
  const { blocks, locals } = Declarations.of(project);
  const identity = blocks.claim(
    project,
    { type: "amplitude_property_visibility", prefix: "property", noun: "property" },
    `${project.name} ${of} ${name}`,
    [project.name, of, name],
    `${of} ${name}`,
  );
  checked(identity, "name", name);
  checked(identity, "owner", of, owner);
  for (const each of classify ?? []) checked(identity, "classification", each, classification);
  checkedIfGiven(identity, "reason", because);
  const resource = new l1.PropertyVisibility(project, identity.constructId, {
    projectId: project.projectId,
    propertyType: of,
    name: literal(name),
    hidden: true,
    classifications: classify === undefined ? undefined : [...classify],
  });
  resource.overrideLogicalId(identity.logicalId);
  if (because !== undefined) locals.reason(identity.address, because);
  return resource;
}
