import type { Construct } from "constructs";
import { constructId, logicalId } from "./logical-id";
import { StackError, type Attempt } from "./stack-error";

/** What a block is called, in Terraform and in the construct tree. */
export interface Identity extends Attempt {
  readonly constructId: string;
  readonly logicalId: string;
  /** `amplitude_group.agency-nova_1f0c22ab`, as Terraform writes it in `depends_on`. */
  readonly address: string;
}

/** How one kind names its blocks. */
export interface Naming {
  /** Terraform's type, with `data.` for a lookup. */
  readonly type: string;
  /** Start of its ids; Terraform wants a letter there. */
  readonly prefix: string;
  /** For people: `group`. */
  readonly noun: string;
}

/** Every block of a stack, so that none is declared twice. */
export class Blocks {
  readonly #claimed = new Map<string, Attempt>();

  /**
   * @param name as it was written
   * @param key the natural key, canonical: what is the same object has the same
   * @param inTree its name among its siblings
   * @throws StackError when something of that key is declared already; names both places
   */
  claim(
    scope: Construct,
    naming: Naming,
    name: string,
    key: readonly string[] = [name],
    inTree = name,
  ): Identity {
    const id = logicalId(naming.prefix, name, key);
    const inScope = constructId(naming.prefix, inTree, id);
    const identity: Identity = {
      what: `the ${naming.noun} ${JSON.stringify(name)}`,
      path: `${scope.node.path}/${inScope}`,
      constructId: inScope,
      logicalId: id,
      address: `${naming.type}.${id}`,
    };
    const earlier = this.#claimed.get(identity.address);
    if (earlier !== undefined)
      throw new StackError(
        identity,
        `${earlier.what} is declared at ${earlier.path}`,
        "Keep one of the two.",
      );
    this.#claimed.set(identity.address, identity);
    return identity;
  }
}
