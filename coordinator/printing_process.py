"""Sets one document in a process of its own: JSON on standard input, PDF on standard output.

The typesetter takes as much memory as the rest of the application; here it gives it back at
once. The texts come in as data and are never read as markup; no file but the template is read.
"""

import json
import resource
import sys

import typst

MEMORY = 1_500_000_000
SECONDS = 60


def main() -> None:
    for what, most in ((resource.RLIMIT_CPU, SECONDS), (resource.RLIMIT_AS, MEMORY)):
        _soft, hard = resource.getrlimit(what)
        resource.setrlimit(
            what, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard)
        )
    asked = json.load(sys.stdin)
    pdf = typst.compile(
        asked["template"].encode(),
        format="pdf",
        sys_inputs={"data": json.dumps(asked["data"])},
        pdf_standards=["ua-1"],
    )
    sys.stdout.buffer.write(pdf)


if __name__ == "__main__":
    main()
