"""`python -m emulator <command>`: serves the endpoint, builds the stack in it and changes it."""

from __future__ import annotations

import argparse
import logging
import sys


def main(arguments: list[str]) -> int:
    options = parser().parse_args(arguments)
    logging.basicConfig(stream=sys.stderr, level=logging.INFO if options.verbose else logging.WARNING)
    if options.command == "serve":
        from .server import serve

        try:
            serve(options.host, options.port, options.parent_pid)
        except (OSError, ValueError) as failed:
            print(f"emulator: cannot serve: {failed}", file=sys.stderr)
            return 1
        return 0
    if options.command == "secrets":
        from .secrets import every_secret

        print("\n".join(every_secret()))
        return 0
    if options.command == "variables":
        from .clients import credentials

        print("\n".join(f"{name}={value}" for name, value in credentials(options.user).items()))
        return 0
    return change(options)


def change(options: argparse.Namespace) -> int:
    from botocore.exceptions import BotoCoreError, ClientError

    from . import changes, controls, stack
    from .clients import endpoint_from_environment

    name = options.command.replace("-", "_")
    function = getattr({"build": stack, "reset": controls}.get(name, changes), name)
    try:
        result = function(endpoint_from_environment(), *(getattr(options, argument) for argument in COMMANDS[options.command][1]))
    except (stack.AlreadyBuilt, LookupError, ValueError, ClientError, BotoCoreError) as failed:
        print(f"emulator: {failed}", file=sys.stderr)
        return 1
    if result is not None:
        print(result)
    return 0


# The commands that talk to AWS_ENDPOINT_URL, each with its function and arguments.
COMMANDS: dict[str, tuple[str, dict[str, type]]] = {
    "build": ("build the documented stack, release v9 deployed", {}),
    "reset": ("empty the account", {}),
    "deploy": ("deploy a release", {"label": str}),
    "rollback": ("deploy a release that was registered before", {"label": str}),
    "push": ("push an image tag with other bytes", {"tag": str}),
    "set-property": ("set an environment property", {"name": str, "value": str}),
    "remove-property": ("remove an environment property that was set", {"name": str}),
    "rotate": ("give the secrets of a property new values", {"name": str}),
    "replace-instance": ("terminate the instance, which Auto Scaling replaces", {}),
    "rebuild-environment": ("terminate the environment and create it again", {}),
    "terminate-environment": ("terminate the environment", {}),
    "change-database-class": ("change the database's instance class", {"kind": str}),
    "open-port": ("open the database's security group to everyone", {"port": int}),
    "delete-database": ("delete the database", {}),
    "replace-database": ("delete the database and create it again", {}),
}


def parser() -> argparse.ArgumentParser:
    top = argparse.ArgumentParser(prog="python -m emulator", description=__doc__)
    top.add_argument("--verbose", action="store_true", help="log every request")
    commands = top.add_subparsers(dest="command", required=True)
    serving = commands.add_parser("serve", help="serve the endpoint until ended, and print its URL")
    serving.add_argument("--host", default="127.0.0.1", help="a loopback address")
    serving.add_argument("--port", type=int, default=0, help="0 takes a free one")
    serving.add_argument("--parent-pid", type=int, help="end when this process ends")
    commands.add_parser("secrets", help="print every planted secret, one a line")
    variables = commands.add_parser("variables", help="print the environment variables of a user of the stack")
    variables.add_argument("user")
    for name, (text, arguments) in COMMANDS.items():
        command = commands.add_parser(name, help=text)
        for argument, kind in arguments.items():
            command.add_argument(argument, type=kind)
    return top


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
