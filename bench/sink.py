"""A mail server that takes everything and keeps nothing, in a process of its own.

`python -m bench.sink` prints its port. Each letter may be answered late: `--delay-ms 20`.
"""

import argparse
import asyncio


class Session(asyncio.Protocol):
    """Just enough of SMTP (RFC 5321) for a sender that pipelines nothing."""

    def __init__(self, delay: float) -> None:
        self.delay = delay
        self.buffer = b""
        self.in_data = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport
        self.say(b"220 sink ESMTP")

    def say(self, line: bytes) -> None:
        self.transport.write(line + b"\r\n")

    def data_received(self, data: bytes) -> None:
        self.buffer += data
        while True:
            end = b"\r\n.\r\n" if self.in_data else b"\r\n"
            taken, found, rest = self.buffer.partition(end)
            if not found:
                return
            self.buffer = rest
            if self.in_data:
                self.in_data = False
                asyncio.get_running_loop().call_later(self.delay, self.say, b"250 taken")
            else:
                self.command(taken[:4].upper())

    def command(self, verb: bytes) -> None:
        if verb == b"DATA":
            self.in_data = True
            self.say(b"354 go on")
        elif verb == b"QUIT":
            self.say(b"221 bye")
            self.transport.close()
        elif verb == b"EHLO":
            self.transport.write(b"250-sink\r\n250 8BITMIME\r\n")
        else:
            self.say(b"250 ok")


async def serve(delay: float) -> None:
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: Session(delay), "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--delay-ms", type=float, default=0.0)
    asyncio.run(serve(options.parse_args().delay_ms / 1000))
