import { z } from "zod";
import { sources, topics } from "../../reconcile";

/** How somebody's access changes, the most urgent first: the order in which people are shown. */
export const changeKinds = ["leaves", "loses", "changes", "joins", "gains", "equal"] as const;

/** Who carries a step out, or when. */
export const places = ["IdP", "invitee", "write", "by hand", "later", "record"] as const;

const text = z.string();
const texts = z.array(text);
const count = z.number().int().nonnegative();
const gainAndLoss = {
  gained: texts.describe("Capabilities that come, in the playbook's words."),
  lost: texts.describe("Capabilities that go."),
};

const projectView = z.strictObject({
  id: text,
  name: text,
  before: text.describe("A role, several joined by +, or `no access`."),
  after: text,
  wasVia: texts.describe(
    "Paths before: `Member direct`, `Viewer via group agency-nova`, `as organization admin`.",
  ),
  via: texts.describe("Paths after."),
  ...gainAndLoss,
  equal: z.boolean().describe("The same may be done, though by other ways."),
});

const personView = z.strictObject({
  email: text,
  change: z.enum(changeKinds),
  invited: z.boolean().describe("Amplitude sends this person an invitation e-mail."),
  organization: z
    .strictObject({ before: text.optional(), after: text.optional(), ...gainAndLoss })
    .optional()
    .describe("Only where the role in the organization differs."),
  projects: z.array(projectView).describe("Only projects where a role or a way differs."),
  why: texts.describe("Reasons of the steps that name this person: tickets, ends."),
  steps: z.array(count).describe("Numbers of the lines that name this person."),
});

const stepView = z.strictObject({
  id: text,
  place: z.enum(places),
  operation: text,
  family: text.optional().describe("The API family that carries it out."),
  text,
  people: texts,
  values: z.record(text, text).describe("What it does, in natural names: its identity."),
  facts: z.record(text, z.unknown()).describe("What of the live organization it rests on."),
  addresses: texts.describe("Declarations that it serves."),
  because: texts,
  how: text.optional().describe("How a person does it."),
  notBefore: text.optional().describe("RFC 3339."),
  order: z
    .strictObject({
      phase: text,
      preferred: count.describe("Its place by preference alone, counted from 1."),
      reason: text.describe("Why it stands where it stands; a later step says whom it would have harmed."),
      after: text.optional().describe("Id of the step that it waits for."),
      notBefore: texts
        .optional()
        .describe("Of a step that others carry out: ids of the steps that must be done before it."),
    })
    .optional(),
  refused: z.boolean(),
});

const stepLine = z.strictObject({
  number: count.optional().describe("Place in the order; none for a record, which sends no request."),
  place: z.enum(places),
  text: text.describe("Neighbours that do the same to one group are one line."),
  notes: texts.describe("Why, how, how long it waits."),
  refused: z.boolean(),
  decides: z
    .boolean()
    .describe("A record of the policy or of facts, which decide over everything else: never a count."),
  steps: texts.describe("Ids of its steps."),
});

const guardView = z.strictObject({
  name: text,
  subject: text.optional().describe("The group or project that it is about, where a guard judges several."),
  verdict: z
    .enum(["ok", "opened", "refused", "not judged"])
    .describe("`opened`: it holds nothing back, because an approval says so."),
  says: text.describe("What was found, with its limit."),
  found: count.optional(),
  of: count.optional(),
  limit: z.number().optional(),
  advice: text.optional().describe("Only where it holds something back."),
  opened: text.optional().describe("Who lets its steps pass, and why."),
  steps: texts
    .optional()
    .describe("Ids of the steps that it holds back; left out: it holds back everything."),
});

const findingView = z.strictObject({
  id: text.describe("The same from run to run."),
  rule: text,
  level: z.enum(["deny", "warn"]),
  isNew: z.boolean().describe("Whether the plan brings it about."),
  path: text.describe("Where: `jo@nova.agency on Client Production: Admin via group agency-nova`."),
  addresses: texts.describe("Declarations whose steps bring it about."),
  people: texts,
  reason: text,
  fix: text,
});

const outcomeView = z.strictObject({
  rule: text,
  level: z.enum(["deny", "warn"]),
  before: count.describe("How often it objected before the plan."),
  after: count,
  judged: z.enum(["whole", "in part", "not"]),
  unchecked: text.optional().describe("What it could not look at."),
});

const premiseView = z.strictObject({
  topic: z.enum(topics),
  source: z
    .enum(sources)
    .describe(
      "Amplitude showed it, a stack says so, somebody says so in a reviewed file, or nobody said anything.",
    ),
  says: text,
  value: text,
  from: text.describe("An address, a field, who confirmed it, or why it is assumed."),
  count: count.describe("How many groups, people, settings or keys it is about."),
  examples: texts.describe("At most three of them."),
});

const familyView = z.strictObject({ family: text, reads: count, writes: count });

/** Everything that is shown of a plan, in the order in which every rendering shows it. */
export const planView = z
  .strictObject({
    format: z.literal("amplitude-access/plan-view"),
    version: z.literal(1),
    organization: z.strictObject({ orgId: text, region: text, host: text, credentials: text.optional() }),
    stacks: texts,
    digest: text.describe("SHA-256 over the steps, what they rest on, and gain and loss as shown."),
    plannedAt: text.describe("RFC 3339."),
    read: z
      .strictObject({
        says: text,
        collections: z.array(
          z.strictObject({
            family: text,
            collection: text,
            rows: count,
            total: count.optional().describe("What the other side said the total is."),
            requests: count,
            endedAt: text,
          }),
        ),
        complete: z.boolean().describe("Whether all lists were read and fit together."),
        discrepancies: z
          .array(
            z.strictObject({
              name: text.describe("The guard whole-read holds back its steps under this subject."),
              says: text,
              advice: text,
              count,
              examples: texts.describe("At most three."),
              blocks: texts.describe("Ids of the steps that rest on it and are not done."),
            }),
          )
          .describe("Lists that do not fit together, or name what no list has."),
        identity: z
          .strictObject({ proved: z.boolean(), how: text })
          .describe("Whether the organization that answered is the one that the stack names."),
      })
      .describe("The proof that the organization was read, and read whole."),
    totals: z.strictObject({
      says: text,
      people: z.record(z.enum(changeKinds), count),
      steps: z.record(z.enum(places), count),
      administrators: texts.describe("Who becomes an administrator of the organization."),
      invitations: count,
      refused: count,
    }),
    people: z
      .array(personView)
      .describe("Everybody whose access or ways differ; the most urgent change first."),
    unknownAccess: text
      .optional()
      .describe("Whose access may change otherwise, because nobody could read what their groups give."),
    irreversible: z
      .array(
        z.strictObject({
          what: z.enum(["invitation", "person", "key", "group"]),
          subject: text.describe("An e-mail, or the name of a key or group."),
          says: text,
        }),
      )
      .describe("What no later run can put back."),
    gaps: z
      .array(
        z.strictObject({
          email: text,
          loses: text.describe("What they hold before and after the plan: `Viewer on Web`."),
          from: text.describe("Id of the step that takes it."),
          until: text.describe("Id of the step that gives it back."),
          says: text,
        }),
      )
      .describe("What somebody is without for a while, in every order of the steps."),
    lines: z.array(stepLine).describe("The steps as they are read, in their order."),
    steps: z.array(stepView).describe("The atoms behind the lines, in their order."),
    confirmed: texts.describe("Steps by hand that are done, and who says so."),
    notes: texts.describe("What is to be known of confirmations."),
    guards: z.array(guardView),
    policies: z.strictObject({ says: text, findings: z.array(findingView), outcomes: z.array(outcomeView) }),
    notChecked: texts,
    premises: z
      .array(premiseView)
      .describe("Facts that order and guards rest on beside the lists that were read, each with its source."),
    forecast: z.strictObject({
      says: text,
      families: z.array(familyView),
      reads: count,
      writes: count,
      secondLists: z
        .strictObject({ groups: count, projects: count, requests: count })
        .describe(
          "Of the reads, those for a second list of each group and project from which something is taken.",
        ),
      perMinute: z.strictObject({ limit: count, ours: count, identityProvider: count }),
      waitSeconds: count,
      invitations: texts.describe("Exactly who will be sent an invitation e-mail."),
    }),
    command: text.describe("What runs exactly this."),
  })
  .meta({ title: "A plan of amplitude-access, as it is shown" });

export type PlanView = z.infer<typeof planView>;
export type PersonView = z.infer<typeof personView>;
export type ProjectView = z.infer<typeof projectView>;
export type StepLine = z.infer<typeof stepLine>;
export type StepView = z.infer<typeof stepView>;
export type GuardView = z.infer<typeof guardView>;
export type FindingView = z.infer<typeof findingView>;
export type OutcomeView = z.infer<typeof outcomeView>;
export type PremiseView = z.infer<typeof premiseView>;
export type ChangeKind = (typeof changeKinds)[number];
export type Place = (typeof places)[number];
