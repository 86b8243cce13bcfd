// Everything here is a help: each page works without it.
import { watchCounts } from "./live_count.js";
import { watchSeats } from "./seats.js";
import { hideStickyBar } from "./sticky_bar.js";
import { makeShareButtons } from "./share.js";
import { countDown, countSigns, focusErrors, refuseLargeFiles, showBusy } from "./forms.js";
import { closeMenu } from "./menu.js";
import { makeCopyButtons } from "./copy.js";
import { followContents, makePrintButtons } from "./contents.js";
import { playInPlace } from "./video.js";
import { pressAfterAWhile } from "./press_itself.js";
import { saveAnswers } from "./autosave.js";
import { drawSignature } from "./drawing.js";

for (const start of [
  watchCounts,
  watchSeats,
  hideStickyBar,
  makeShareButtons,
  countDown,
  countSigns,
  focusErrors,
  showBusy,
  refuseLargeFiles,
  closeMenu,
  makeCopyButtons,
  followContents,
  makePrintButtons,
  playInPlace,
  pressAfterAWhile,
  saveAnswers,
  drawSignature,
]) {
  start();
}
