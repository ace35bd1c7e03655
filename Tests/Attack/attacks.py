"""All attacks, in the order in which they are made."""

import kills  # noqa: F401
import cuts  # noqa: F401
import vanish  # noqa: F401
import disk  # noqa: F401
import clock  # noqa: F401
import lines  # noqa: F401
import files  # noqa: F401
import journals  # noqa: F401
import runbooks  # noqa: F401
import hostile  # noqa: F401
import restarts  # noqa: F401
import names  # noqa: F401
import callers  # noqa: F401
import floods  # noqa: F401
