import { domainOf } from "../schema";
import type { Declarations } from "./declarations";
import { isLater } from "./end";
import type { Remark } from "./over-provisioning";
import { canonical } from "./people";
import { isPublicMail } from "./public-mail";
import type { Term } from "./term";

/** Organization-wide lists of administrators. */
export interface AdminLists {
  readonly admins: readonly string[];
  readonly breakGlass: readonly string[];
  /** E-mail domains of collaborators. */
  readonly collaborators: readonly string[];
}

const CLIENT_ADMINS = 2;

/** What a stack says of its engagements and should not. */
export function* engagementRemarks(declared: Declarations, lists: AdminLists): Iterable<Remark> {
  const terms = [...declared.engagements.all()];
  for (const term of terms) {
    const people = peopleOf(term, declared);
    yield* administrators(term, people, declared, lists);
    yield* early(term);
    yield* everybodysDomains(term, declared);
  }
  if (terms.length > 0) yield* fewClientAdmins(terms, declared, lists);
}

/** Canonical e-mails of everybody whom the engagement names. */
function peopleOf(term: Term, { members }: Declarations): Set<string> {
  const inGroups = members.filter(({ group }) => term.groups.has(group)).map(({ email }) => email);
  return new Set([...term.people.keys(), ...inGroups]);
}

function* administrators(
  term: Term,
  people: ReadonlySet<string>,
  { stack }: Declarations,
  lists: AdminLists,
): Iterable<Remark> {
  for (const list of ["admins", "breakGlass"] as const) {
    for (const admin of lists[list]) {
      if (!people.has(canonical(admin)) && !term.domains.has(domainOf(admin))) continue;
      yield {
        at: stack,
        text: `${admin} of the engagement ${term.name} is in ${list}, and so administers the whole organization. The playbook gives collaborators Admin on single projects, unless the statement of work says otherwise.`,
      };
    }
  }
}

function* early({ name, from, inside }: Term): Iterable<Remark> {
  for (const { what, until, at } of inside) {
    if (isLater(until, from)) continue;
    yield {
      at,
      text: `Access is granted before the engagement ${name} begins: ${what} ends ${until}, and the engagement is from ${from}. Correct one of the two.`,
    };
  }
}

function* everybodysDomains({ name, domains }: Term, { stack }: Declarations): Iterable<Remark> {
  const open = [...domains].filter(isPublicMail);
  if (open.length === 0) return;
  yield {
    at: stack,
    text: `Everybody can have an address at ${open.join(", ")}, a domain of the engagement ${name}: whoever does is taken for one of its people. Name the agency's own domain, and single people as guests.`,
  };
}

function* fewClientAdmins(
  terms: readonly Term[],
  { stack, services }: Declarations,
  { admins, collaborators }: AdminLists,
): Iterable<Remark> {
  if (admins.length === 0) return;
  const theirs = new Set([
    ...collaborators.map((domain) => domain.toLowerCase()),
    ...terms.flatMap(({ domains }) => [...domains]),
  ]);
  const clients = admins.filter((admin) => !theirs.has(domainOf(admin)) && !services.has(canonical(admin)));
  if (clients.length >= CLIENT_ADMINS && admins.length > CLIENT_ADMINS) return;
  yield {
    at: stack,
    text: `${clients.length} of ${admins.length} named administrators are the client's. The playbook keeps at least ${CLIENT_ADMINS} client administrators and one more who is the contact for collaborators.`,
  };
}
