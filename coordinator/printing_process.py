"""Sets one document in a process of its own: JSON on standard input, PDF on standard output.

The typesetter takes as much memory as the rest of the application; here it gives it back at
once. The texts come in as data and are never read as markup; no file but the template is read.
The standard wants every letter drawn: what no font of this machine holds (an emoji in a name)
becomes an empty box instead of taking the whole document along.
"""

import json
import re
import resource
import sys

import typst

MEMORY = 1_500_000_000
SECONDS = 60
TRIES = 4
BOX = "□"
NOT_DRAWN = re.compile('the text `"(.+?)"` could not be displayed')


def main() -> None:
    for what, most in ((resource.RLIMIT_CPU, SECONDS), (resource.RLIMIT_AS, MEMORY)):
        _soft, hard = resource.getrlimit(what)
        resource.setrlimit(
            what, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard)
        )
    asked = json.load(sys.stdin)
    sys.stdout.buffer.write(drawn(asked["template"], json.dumps(asked["data"], ensure_ascii=False)))


def drawn(template: str, data: str) -> bytes:
    """Return the document, with a box for each letter that no font holds."""
    for _ in range(TRIES):
        try:
            return compiled(template, data)
        except typst.TypstError as error:
            lost = set("".join(NOT_DRAWN.findall(str(error.diagnostic)))) - set('{}[]":,\\')
            if not lost:
                raise
            data = data.translate(dict.fromkeys(map(ord, lost), BOX))
    return compiled(template, data)


def compiled(template: str, data: str) -> bytes:
    return bytes(
        typst.compile(
            template.encode(), format="pdf", sys_inputs={"data": data}, pdf_standards=["ua-1"]
        )
    )


if __name__ == "__main__":
    main()
