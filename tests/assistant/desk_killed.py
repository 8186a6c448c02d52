"""A program that works at a desk until it is killed: it prints what it was told is done, line by line.

Run by `test_desk_kill.py` with the folder of the database.
"""

import sys
from pathlib import Path

from desk_fakes import made_world

from assistant.desk.editing import Edits
from assistant.desk.values import Role


def main(folder: Path) -> None:
    """Messages come in, are drafted and edited, without end."""
    with made_world(folder) as world:
        found = {one.name: one for one in world.desk.accounts.listed()}
        writer = found.get("Amina Diallo") or world.account("Amina Diallo", Role.WRITER)
        while True:
            message = world.desk.queue.receive_text(writer, "Bonjour, Quel est le montant de base?")
            print(f"received {message}", flush=True)  # noqa: T201 (what the test reads)
            world.desk.queue.prepare(writer, message)
            print(f"prepared {message}", flush=True)  # noqa: T201 (the same)
            for turn in range(3):
                edits = Edits({"p2": f"Rappel numéro {turn}."})
                world.desk.editing.save(writer, message, world.version(message), edits)
                print(f"edited {message} {turn}", flush=True)  # noqa: T201 (the same)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
