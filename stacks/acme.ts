// Who may do what in Acme's Amplitude organization.
import type { App } from "cdktf";
import {
  AccessStack,
  collaboratorSettings,
  Engagement,
  Environment,
  Experiment,
  Group,
  IdpGroup,
  Key,
  Project,
  Role,
} from "amplitude-access";

/** Before: the engagement runs. After: Ana has left the agency, Tyra has joined it through the identity provider, and Sam only looks after production. */
export type Chapter = "before" | "after";

/** Acme's stack. */
export function acme(app: App, chapter: Chapter): AccessStack {
  const stack = new AccessStack(app, "acme", {
    orgId: 36958,
    region: "us",
    timeZone: "Europe/Berlin",
    // What may be taken away although no line brought it in. Everything else is listed by `drift` and never touched.
    owns: { groups: ["agency-*"], grantsOn: ["Client *"], peopleOf: ["nova.agency"] },
    minimumAdmins: 3,
    breakGlass: ["breakglass@acme.com"],
  });
  // Amplitude has no API for organization roles and settings: steps by hand, which reviewed confirmations close.
  stack.owners("priya@acme.com", "breakglass@acme.com").admins("tom@acme.com");
  collaboratorSettings(stack); // a second factor for everybody; Member for whom a first login creates

  // Projects exist already: named here, never created or archived from here.
  const production = Project.named(stack, "Client Production", { environment: Environment.Production });
  const staging = Project.named(stack, "Client Staging", { environment: Environment.Staging });
  const reporting = Project.named(stack, "Client Reporting", { environment: Environment.Reporting });

  // Hidden from everybody's queries there: Amplitude hides per project, not per person.
  production.hide("email", { of: "user", classify: ["PII"], because: "agencies query this project" });

  // Employees: Okta pushes the groups and owns who is in them. We say only what a group may do.
  IdpGroup.named(stack, "amp-analysts").may(Role.Member, production).may(Role.Manager, reporting);
  IdpGroup.named(stack, "amp-engineers").may(Role.Admin, staging).may(Role.Member, production);

  // An agency, under contract: what is inside ends with it, unless it names an earlier day.
  const nova = new Engagement(stack, "nova", {
    agency: "Nova Analytics GmbH",
    domains: ["nova.agency"],
    sow: "SOW-2231",
    dpa: "DPA-0917",
    owner: "priya@acme.com",
    from: "2026-11-01",
    until: "2027-03-31",
  });

  // Its analysts come from Okta too. `expects` makes a plan wait for Okta and makes drift name anybody else.
  const analysts =
    chapter === "before"
      ? ["ana@nova.agency", "marco@nova.agency"]
      : ["marco@nova.agency", "tyra@nova.agency"];
  nova
    .group(IdpGroup.named(stack, "amp-nova-analysts", { maps: { organizationRole: "member" } }), {
      expects: analysts,
    })
    .may(Role.Member, production)
    .may(Role.Viewer, reporting);

  // Its implementers are written here: whoever is not in this line is taken out.
  const implementers = ["jo@nova.agency"];
  nova
    .group(
      new Group(stack, "agency-nova-implementers", {
        members:
          chapter === "before" ? [...implementers, "sam@nova.agency", "ana@nova.agency"] : implementers,
      }),
    )
    .may(Role.Admin, staging)
    .may(Role.Member, production, { until: "2027-01-15" })
    .module(Experiment.Analyst, production, { until: "2027-01-15" });

  // A group whose other members people look after by hand.
  new Group(stack, "dashboard-readers").member("lena@acme.com").may(Role.Viewer, reporting);

  // An auditor, for one quarter.
  stack
    .person("mia@audit.example", { givenName: "Mia", familyName: "Adler", until: "2027-03-31" })
    .may(Role.Viewer, reporting, { because: "AUD-77: reads what was reported" });
  // An employee with a role of his own.
  stack.existing("noah@acme.com").may(Role.Manager, reporting, { until: "2026-12-31" });
  const sync = nova
    .serviceAccount("amplitude-nova-sync@acme.com", { purpose: "cohorts to Braze, nightly" })
    .may(reporting);
  // Shown once, so who saw it is declared: one of them leaving makes it due.
  nova.key("nova-braze-sync", reporting, {
    kind: Key.Secret,
    usedBy: sync,
    knownTo: ["marco@nova.agency", "jo@nova.agency"],
    store: "nova-vault",
  });

  if (chapter === "after") {
    // A leaver is a line, not the absence of one: it revokes in every host and stays as the record.
    nova.left("ana@nova.agency", { on: "2026-11-23", ticket: "SEC-311" });
    // Out of the group, and still on production: the grant comes before the group lets go.
    nova.person("sam@nova.agency").may(Role.Member, production);
  }
  return stack;
}
