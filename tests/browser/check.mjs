// Opens pages of a published site from the file system, as people do who have no server: light and dark, wide and on a
// narrow phone. No rule of WCAG 2 A or AA may be broken, nothing may be fetched from elsewhere, nothing may scroll
// sideways, and the console stays empty.
//
// node check.mjs SITE [PAGE…]    pages are paths in the site; without any a few of each kind are taken
import { readFile, readdir } from "node:fs/promises";
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { pathToFileURL } from "node:url";
import puppeteer from "puppeteer-core";

const BROWSERS = ["chromium-headless-shell", "chromium", "chromium-browser", "google-chrome"];
const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const VIEWS = [
  { name: "wide, light", width: 1200, scheme: "light" },
  { name: "wide, dark", width: 1200, scheme: "dark" },
  { name: "320 px, light", width: 320, scheme: "light" },
];
// How many pages of a folder are opened.
const OF_A_KIND = 2;

function browser() {
  const folders = (process.env.PATH ?? "").split(path.delimiter);
  const all = BROWSERS.flatMap((name) => folders.map((folder) => path.join(folder, name)));
  const found = all.find((file) => existsSync(file));
  if (!found) throw new Error(`no browser on the PATH, looked for ${BROWSERS.join(", ")}`);
  return found;
}

// A page is of the kind of its folders, names of the contract left out.
async function pages(root) {
  const files = (await readdir(root, { recursive: true })).filter((file) => file.endsWith(".html")).sort();
  const kinds = new Map();
  for (const file of files) {
    const parts = file.split(path.sep);
    const latest = file.includes("..latest") ? "latest" : "";
    const kind = [parts[0], parts.length > 3 ? parts[2] : "", latest].join("/");
    kinds.set(kind, [...(kinds.get(kind) ?? []), file]);
  }
  // The last of a kind is the newest of a history.
  return [...kinds.values()].flatMap((all) => all.slice(-OF_A_KIND));
}

async function look(tab, root, file, view, axe) {
  const faults = [];
  const note = (text) => faults.push(`${file} (${view.name}): ${text}`);
  const said = (message) => note(`console: ${message.text()}`);
  const failed = (error) => note(`script: ${error.message}`);
  const asked = (request) => {
    if (!request.url().startsWith("file:")) note(`asks for ${request.url()}`);
  };
  tab.on("console", said).on("pageerror", failed).on("request", asked);
  await tab.setViewport({ width: view.width, height: 800 });
  await tab.emulateMediaFeatures([{ name: "prefers-color-scheme", value: view.scheme }]);
  await tab.goto(pathToFileURL(path.join(root, file)).href, { waitUntil: "load" });
  const styled = await tab.evaluate(() => getComputedStyle(document.body).maxWidth !== "none");
  if (!styled) note("the style sheet is not applied");
  const wide = await tab.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  if (wide > 0) note(`scrolls sideways by ${wide} px`);
  await tab.evaluate(axe);
  const found = await tab.evaluate((values) => axe.run({ preload: false, runOnly: { type: "tag", values } }), RULES);
  for (const fault of found.violations) {
    note(`${fault.id}: ${fault.help}\n    ${fault.nodes.slice(0, 3).map((node) => node.html).join("\n    ")}`);
  }
  tab.removeAllListeners("console").removeAllListeners("pageerror").removeAllListeners("request");
  return faults;
}

const [site, ...wanted] = process.argv.slice(2);
if (!site) throw new Error("usage: node check.mjs SITE [PAGE…]");
const root = path.resolve(site);
const axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const list = wanted.length > 0 ? wanted : await pages(root);
const program = await puppeteer.launch({ executablePath: browser(), args: ["--no-sandbox", "--disable-gpu"] });
const faults = [];
try {
  const tab = await program.newPage();
  for (const file of list) {
    for (const view of VIEWS) faults.push(...(await look(tab, root, file, view, axe)));
  }
} finally {
  await program.close();
}
faults.forEach((fault) => console.log(fault));
const faulty = list.filter((file) => faults.some((fault) => fault.startsWith(`${file} (`)));
console.log(`${list.length - faulty.length} passed, ${faulty.length} failed`);
process.exit(faults.length > 0 || list.length === 0 ? 1 : 0);
