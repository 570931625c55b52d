import { keyHolder, keyOfHolder } from "./key-holder";
import { keyText, type KeyIdentity, type Organization } from "./organization";
import { Overlay, type Undo } from "./overlay";
import { everywhere, type Rights } from "./rights";

/** The bit of a key that is there: whoever has its value gets in. */
export const opens = 1;
/** The bit of a key whose value has reached whoever uses it: what works with it goes on. */
export const inUse = 2;

/**
 * What API keys open, name by name: one of the name is there, and one is in use. A key that a plan makes is in use once it is handed over;
 * of those that are there already the oldest is, and whichever somebody confirmed. A key of an archived project opens nothing, as for
 * people; Amplitude does not document it.
 */
export class KeyUses {
  readonly #generations: Overlay<string, readonly number[]>;
  readonly #inUse: Overlay<string, boolean>;
  #known: ReadonlyMap<string, readonly number[]> | undefined;

  /** @param handedOver `keyText` of those that somebody confirmed to be in use */
  constructor(base: Organization, handedOver: ReadonlySet<string>, journal: Undo[]) {
    const known = (holder: string): readonly number[] | undefined =>
      (this.#known ??= generationsIn(base)).get(holder);
    this.#generations = new Overlay(known, journal);
    this.#inUse = new Overlay((text) => handedOver.has(text), journal);
  }

  created(key: KeyIdentity): void {
    const holder = keyHolder(key);
    this.#generations.set(holder, [...(this.#generations.get(holder) ?? []), key.generation]);
  }

  handedOver(key: KeyIdentity): void {
    this.#inUse.set(keyText(key), true);
  }

  deleted(key: KeyIdentity): void {
    const holder = keyHolder(key);
    const left = (this.#generations.get(holder) ?? []).filter((generation) => generation !== key.generation);
    this.#generations.set(holder, left);
  }

  rights(holder: string, now: Organization): Rights {
    const rights = new Map<string, number>();
    const there = this.#generations.get(holder) ?? [];
    if (there.length === 0) return rights;
    const name = keyOfHolder(holder);
    const { projectId } = name;
    if (projectId !== undefined && now.project(projectId)?.archived === true) return rights;
    const used = there.some((generation) => this.#isInUse(holder, { ...name, generation }));
    rights.set(projectId ?? everywhere, used ? opens | inUse : opens);
    return rights;
  }

  #isInUse(holder: string, key: KeyIdentity): boolean {
    if (this.#inUse.get(keyText(key)) === true) return true;
    const [oldest] = this.#known?.get(holder) ?? [];
    return oldest === key.generation;
  }
}

/** By name, the oldest first. */
function generationsIn(base: Organization): ReadonlyMap<string, readonly number[]> {
  const found = new Map<string, number[]>();
  for (const key of base.keys()) {
    const holder = keyHolder(key);
    const known = found.get(holder);
    if (known === undefined) found.set(holder, [key.generation]);
    else known.push(key.generation);
  }
  for (const generations of found.values()) generations.sort((a, b) => a - b);
  return found;
}
