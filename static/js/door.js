// The phone at the door: its camera, its counts, and work without a network.
import { readAtTheDoor } from "./door_camera.js";
import { keepFresh } from "./door_counts.js";
import { finishAfterwards, workWithoutNetwork } from "./door_network.js";

readAtTheDoor();
keepFresh();
workWithoutNetwork();
finishAfterwards();
