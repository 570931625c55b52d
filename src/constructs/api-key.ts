import { Construct } from "constructs";
import { count, days, email as emailType, name as nameType } from "../schema";
import type { Identity } from "./block";
import { Declarations } from "./declarations";
import { endOf } from "./end";
import * as l1 from "./generated";
import { endWithin } from "./limit";
import { checked, checkedIfGiven, literal } from "./literal";
import type { Project } from "./project";
import { StackError } from "./stack-error";
import { limitOf } from "./term";

/** What a key is good for (playbook, "API Key Types"). */
export enum Key {
  /** Events and queries of one project. */
  Project = "project",
  /** Users and projects of the whole organization; rarely for collaborators. */
  Organization = "organization",
  /** Tracking plan and taxonomy of a project with the add-on Govern. */
  Govern = "govern",
  /** Bulk exports of one project. */
  Secret = "secret",
}

/** Somebody who uses a key: an account of the stack, or an e-mail. */
export type KeyUser = string | { readonly email: string };

/** What a stack says of a key beside its label and project. */
export interface ApiKeyProps {
  readonly kind: Key;
  /** People and service accounts who use it. */
  readonly usedBy?: KeyUser | readonly KeyUser[];
  /** 1, and raised by one when it is to be rotated; `plan` and `keys due` say when. Left out: 1. */
  readonly generation?: number;
  /** E-mails of who saw its value: it is shown once, so nobody else can tell. One of them leaving makes it due. */
  readonly knownTo?: readonly string[];
  /** `"180 days"`. Left out: as the playbook says for its kind ("Rotate API Keys Regularly"). */
  readonly rotateEvery?: string;
  /** A label; what gets the value, the environment of the run says. */
  readonly store?: string;
  /** When it is deleted: a date (the end of that day in the stack's time zone) or a time with an offset. Left out: with its engagement. */
  readonly until?: string;
  /** Name of the engagement that it is for. */
  readonly engagement?: string;
}

/** An API key. Amplitude has no API for it: it is made by hand, where no management API is configured. */
export class ApiKey extends Construct {
  readonly label: string;
  readonly resource: l1.ApiKey;

  /**
   * @param project where it is good for; undefined only for a key of the organization
   * @throws StackError when its kind does not fit its project, when a value is wrong, or when one of that kind, project and label is declared
   */
  constructor(scope: Construct, label: string, project: Project | undefined, props: ApiKeyProps) {
    const declarations = Declarations.of(scope);
    const { kind, generation = 1, rotateEvery, store } = props;
    const place = project?.name ?? "the organization";
    const identity = declarations.blocks.claim(
      scope,
      { type: "amplitude_api_key", prefix: "key", noun: `${kind} key` },
      `${label} of ${place}`,
      [kind, project?.name ?? "", label],
      label,
    );
    checked(identity, "label", label, nameType);
    fits(identity, kind, project, declarations);
    if (count.check(generation) !== undefined || generation === 0)
      throw new StackError(identity, `its generation is ${generation}`, "Write a whole number from 1.");
    checkedIfGiven(identity, "rotateEvery", rotateEvery, days);
    checkedIfGiven(identity, "store", store);
    const users = usersOf(identity, props.usedBy, declarations);
    const { name, term } = declarations.engagements.belonging(identity, scope, props.engagement);
    const written =
      props.until === undefined ? undefined : endOf(identity, "until", props.until, declarations.timeZone);
    const until = endWithin(identity, "it", written, [limitOf(term)]);
    for (const address of props.knownTo ?? []) checked(identity, "knownTo", address, emailType);
    super(scope, identity.constructId);
    this.label = label;
    this.resource = new l1.ApiKey(this, "Resource", {
      keyType: kind,
      projectId: project?.projectId,
      label: literal(label),
      generation,
      owners: users?.map(literal),
      knownTo: props.knownTo?.map(literal),
      rotateEvery,
      store: store === undefined ? undefined : literal(store),
      expiresAt: until,
      engagement: name === undefined ? undefined : literal(name),
      // The old one is in use until the new one is.
      lifecycle: { createBeforeDestroy: true },
    });
    this.resource.overrideLogicalId(identity.logicalId);
    if (written !== undefined) term?.inside.push({ what: identity.what, until: written, at: this.resource });
    for (const email of users ?? []) {
      declarations.people.whenInvited(email, ({ address }) => {
        this.resource.dependsOn = [...(this.resource.dependsOn ?? []), address].sort();
      });
    }
  }
}

function fits(identity: Identity, kind: Key, project: Project | undefined, { stack }: Declarations): void {
  if (kind === Key.Organization && project !== undefined)
    throw new StackError(
      identity,
      `a key of the organization has no project, and ${JSON.stringify(project.name)} is given`,
      "Leave the project out, or give it another kind.",
    );
  if (kind !== Key.Organization && project === undefined)
    throw new StackError(identity, `a ${kind} key is of one project, and none is given`, "Give the project.");
  if (project !== undefined && Declarations.of(project).stack !== stack)
    throw new StackError(
      identity,
      `the project is declared in another stack, at ${project.node.path}`,
      "Name the project in this stack too: a lookup costs nothing.",
    );
}

/** Their e-mails as written. */
function usersOf(
  identity: Identity,
  usedBy: ApiKeyProps["usedBy"],
  { people }: Declarations,
): string[] | undefined {
  if (usedBy === undefined) return undefined;
  const listed: readonly KeyUser[] = Array.isArray(usedBy) ? usedBy : [usedBy as KeyUser];
  const emails = listed.map((user) => (typeof user === "string" ? user : user.email));
  people.allPresent(identity, "usedBy", emails);
  return emails;
}
