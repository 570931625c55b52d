import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium, type Browser, type Page } from "playwright-core";
import { cleanText, planPage, viewOf } from "../../src/report";
import type { Harness } from "../support/harness";
import { chromiumPath } from "../support/chromium";
import { largePlan } from "../../scripts/bench/large-plan";
import { agencyArrives, hostile, hostileNames } from "./situations";

const pageOf = async (site: Harness, everyone = false): Promise<string> => {
  const live = await site.plan();
  return planPage(live, viewOf(live, "apply"), { everyone });
};

describe("the page of a plan", () => {
  it("lets nothing run or load but its own script and style, by their hashes", async () => {
    const text = await pageOf(agencyArrives());
    const [, policy = ""] = /<meta http-equiv="Content-Security-Policy" content="([^"]*)">/.exec(text) ?? [];
    const sha = (inside: string): string =>
      `&#39;sha256-${createHash("sha256").update(inside).digest("base64")}&#39;`;
    const [, style = ""] = /<style>(.*?)<\/style>/s.exec(text) ?? [];
    const [, script = ""] = /<script>(.*?)<\/script>/s.exec(text) ?? [];
    expect(policy).toBe(
      `default-src &#39;none&#39;; script-src ${sha(script)}; style-src ${sha(style)}; base-uri &#39;none&#39;; form-action &#39;none&#39;`,
    );
    expect(text.match(/<script/g)).toHaveLength(2);
    expect(text).not.toMatch(/\son\w+=|\sstyle=|src=|<link|@import|url\(/);
  });

  it("says everything in words, without its script", async () => {
    const text = (await pageOf(agencyArrives())).replaceAll(
      /<(?:script|style)[^>]*>.*?<\/(?:script|style)>/gs,
      "",
    );
    const words = text.replaceAll(/<[^>]*>/g, " ").replaceAll(/\s+/g, " ");
    for (const said of [
      "Proved Read 2026-11-23 09:00:00 UTC, complete",
      "ana@nova.agency leaves",
      "Mobile Manager → no access was direct",
      "jo@nova.agency equal access",
      "What cannot be undone 3",
      "IdP amp-analysts gains priya@acme.com",
      "ok removals 1 of 5 people (20 %); limit 25 %",
      "30 stay with the identity provider",
      "Invitations that will be sent 2 sam@nova.agency tyra@nova.agency",
      "To run exactly this apply",
    ])
      expect(words).toContain(said);
  });
});

const path = chromiumPath("the HTML page in a browser");
const inChromium = path === undefined ? describe.skip : describe;

inChromium("the page in Chromium", () => {
  let browser: Browser;
  let folder: string;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "amplitude-access-page-"));
    browser = await chromium.launch({
      ...(path === undefined ? {} : { executablePath: path }),
      args: ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"],
    });
  }, 60_000);
  afterAll(async () => {
    await browser.close();
    rmSync(folder, { recursive: true, force: true });
  });

  /** The page as a reader opens it, with all that the browser complains about and asks for. */
  async function open(
    text: string,
    colorScheme: "light" | "dark" = "light",
  ): Promise<{ page: Page; heard: string[] }> {
    const file = join(folder, "plan.html");
    writeFileSync(file, text);
    const page = await browser.newPage({ colorScheme, viewport: { width: 1280, height: 900 } });
    const heard: string[] = [];
    page.on("console", (message) => heard.push(message.text()));
    page.on("pageerror", (error) => heard.push(error.message));
    page.on("request", (request) => heard.push(request.url()));
    await page.goto(`file://${file}`);
    await page.waitForSelector("html[data-ready]", { state: "attached" });
    return { page, heard };
  }
  const visible = (page: Page, selector: string): Promise<string[]> => page.locator(selector).allInnerTexts();
  const cards = (page: Page): Promise<string[]> => visible(page, ".card:visible h3 bdi");
  const rows = (page: Page): Promise<string[]> => visible(page, "#grid tbody th");

  it("fits a phone, and prints as a list", async () => {
    const { page } = await open(await pageOf(agencyArrives(), true));
    await page.setViewportSize({ width: 390, height: 844 });
    expect(await page.evaluate("document.documentElement.scrollWidth")).toBe(390);
    expect(await page.locator("#matrix").isVisible()).toBe(true);
    await page.emulateMedia({ media: "print" });
    expect(await page.locator("#matrix").isVisible()).toBe(false);
    expect(await cards(page)).toHaveLength(5);
    await page.close();
  });

  it("is filtered by person, project, group and change; cards, matrix and graph follow", async () => {
    const { page, heard } = await open(await pageOf(agencyArrives(), true));
    expect(await cards(page)).toEqual([
      "ana@nova.agency",
      "marco@nova.agency",
      "sam@nova.agency",
      "tyra@nova.agency",
      "jo@nova.agency",
    ]);
    expect(await rows(page)).toEqual(await cards(page));
    await page.getByRole("searchbox").fill("MARCO");
    await page.getByText("1 of 7 people").waitFor();
    expect([await cards(page), await rows(page)]).toEqual([["marco@nova.agency"], ["marco@nova.agency"]]);
    expect(await page.locator("#drawing .box text").allTextContents()).toEqual([
      "marco@nova.agency",
      "Mobile",
    ]);
    await page.getByRole("searchbox").fill("");
    await page.locator("select[name=group]").selectOption("agency-nova");
    await page.getByText("3 of 7 people").waitFor();
    expect(await rows(page)).toEqual(["sam@nova.agency", "tyra@nova.agency", "jo@nova.agency"]);
    await page.locator("select[name=group]").selectOption("");
    await page.locator("select[name=project]").selectOption("Mobile");
    await page.getByText("2 of 7 people").waitFor();
    expect(await visible(page, "#grid thead th")).toEqual(["Mobile"]);
    await page.getByLabel("leaves").uncheck();
    await page.getByText("1 of 7 people").waitFor();
    expect(await cards(page)).toEqual(["marco@nova.agency"]);
    expect(heard).toEqual([`file://${join(folder, "plan.html")}`]);
    await page.close();
  });

  it("is read by keyboard: arrow keys move over the matrix, and say what a cell stands for", async () => {
    const { page } = await open(await pageOf(agencyArrives()));
    await page.locator("#grid tbody td").first().focus();
    await page.keyboard.press("ArrowRight");
    expect(await page.locator("#cell").innerText()).toBe(
      "ana@nova.agency on Web: Viewer → no access, loses — via old: Viewer (goes)",
    );
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("ArrowLeft");
    expect(await page.locator("#cell").innerText()).toBe(
      "marco@nova.agency on Mobile: Manager → Member, loses — direct Manager → Member (changes)",
    );
    await page.keyboard.press("Tab");
    expect(await page.evaluate("document.activeElement.closest('#grid') === null")).toBe(true);
    await page.locator("#drawing .box").first().focus();
    expect(await page.locator("#drawing .way.lit").count()).toBeGreaterThan(0);
    await page.close();
  });

  it.each(["light", "dark"] as const)("has no accessibility problem that axe finds: %s", async (scheme) => {
    const { page } = await open(await pageOf(agencyArrives(), true), scheme);
    await page.evaluate(readFileSync(require.resolve("axe-core/axe.min.js"), "utf8"));
    const found = await page.evaluate<{ id: string; nodes: { html: string; failureSummary: string }[] }[]>(
      "axe.run().then(({ violations }) => violations)",
    );
    expect(
      found.map(
        ({ id, nodes }) =>
          `${id}: ${nodes.map(({ failureSummary, html }) => `${html} ${failureSummary}`).join(" | ")}`,
      ),
    ).toEqual([]);
    await page.close();
  });

  it("shows hostile names and interprets none", async () => {
    const { page, heard } = await open(await pageOf(hostile(), true));
    expect(heard).toHaveLength(1);
    const shown = await page.evaluate(
      "({ text: document.body.textContent, elements: document.querySelectorAll('img, script, a:not([href^=\"#\"])').length })",
    );
    const { text, elements } = shown as { text: string; elements: number };
    expect(elements).toBe(2);
    for (const name of hostileNames) expect(text).toContain(cleanText(name));
    const titles = await visible(page, "#grid thead th");
    expect(titles.sort()).toEqual(hostileNames.map((name) => cleanText(name).replaceAll(/ +/g, " ")).sort());
    await page.close();
  });

  it("of 2,000 people on 50 projects has 60 rows at a time, and arrow keys go on to the next", async () => {
    const large = largePlan({ people: 2000, changed: 100, projects: 50, projectsOfGroup: 50 });
    const { page } = await open(planPage(large, viewOf(large, "apply"), { everyone: true }));
    await page.getByLabel("unchanged").check();
    await page.getByText("2,000 of 2,000 people").waitFor();
    expect(await page.locator("#grid tbody tr").count()).toBe(60);
    expect(await page.locator("#grid thead th").count()).toBe(50);
    expect(await page.locator("#grid-pages").innerText()).toMatch(/1 to 60 of 2,000/);
    await page.locator("#grid tbody tr:last-child td").first().focus();
    await page.keyboard.press("ArrowDown");
    expect(await page.locator("#grid-pages").innerText()).toMatch(/61 to 120 of 2,000/);
    expect(await page.locator("#cell").innerText()).toMatch(/^person00060@/);
    await page.getByRole("searchbox").fill("person01999@");
    await page.getByText("1 of 2,000 people").waitFor();
    await page.close();
  }, 60_000);
});
