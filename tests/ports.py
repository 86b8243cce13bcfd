"""A port for a server of a test."""

import random
import socket

# No connection of this machine starts from these: Linux takes 32768 and up, others 49152 and up.
# Who looks for a server too early at a port of those is now and then connected with itself, hears
# its own words, and keeps the server from its port.
PORTS = range(15_000, 30_000)


def free_port() -> int:
    for port in random.SystemRandom().sample(PORTS, 100):
        try:
            socket.create_server(("127.0.0.1", port)).close()
        except OSError:
            continue
        return port
    raise OSError("no port is free")
