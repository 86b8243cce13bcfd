// Copies the web font from node_modules: only what is served, with its licence. And one more licence.
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";

const folder = process.argv[2];
const { version } = JSON.parse(readFileSync("node_modules/pretendard/package.json", "utf8"));
const source = "node_modules/pretendard/dist";
const target = `${folder}/pretendard/${version}`;

rmSync(`${folder}/pretendard`, { recursive: true, force: true });
mkdirSync(target, { recursive: true });
cpSync(`${source}/LICENSE.txt`, `${target}/LICENSE.txt`);
cpSync(`${source}/web/variable/woff2-dynamic-subset`, `${target}/woff2`, { recursive: true });

const css = readFileSync(`${source}/web/variable/pretendardvariable-dynamic-subset.css`, "utf8");
const served = css.replaceAll("./woff2-dynamic-subset/", "woff2/").replaceAll(/\/\*[^]*?\*\/\s*/g, "");
writeFileSync(`${target}/pretendard.css`, served);

// The reader of QR codes is bundled into dist/; its licence stands here.
const reader = `${folder}/qr`;
mkdirSync(reader, { recursive: true });
cpSync("node_modules/qr/LICENSE-MIT", `${reader}/LICENSE`);
