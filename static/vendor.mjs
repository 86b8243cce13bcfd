// Copies the web font from node_modules into static/vendor/: only what is served, with its licence.
import { cpSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";

const { version } = JSON.parse(readFileSync("node_modules/pretendard/package.json", "utf8"));
const source = "node_modules/pretendard/dist/web/variable";
const target = `static/vendor/pretendard/${version}`;

rmSync("static/vendor", { recursive: true, force: true });
mkdirSync(`${target}/woff2`, { recursive: true });
for (const name of readdirSync(`${source}/woff2-dynamic-subset`)) {
  cpSync(`${source}/woff2-dynamic-subset/${name}`, `${target}/woff2/${name}`);
}
const css = readFileSync(`${source}/pretendardvariable-dynamic-subset.css`, "utf8");
writeFileSync(`${target}/pretendard.css`, css.replaceAll("./woff2-dynamic-subset/", "woff2/").replaceAll(/\/\*[^]*?\*\/\s*/g, ""));
cpSync("node_modules/pretendard/dist/LICENSE.txt", `${target}/LICENSE.txt`);
