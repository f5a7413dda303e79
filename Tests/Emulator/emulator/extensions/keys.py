"""Access keys computed from the user's name, so that a caller knows them before the user exists."""

import base64
import hashlib


def key_id(user: str) -> str:
    return "AKIA" + base64.b32encode(hashlib.sha256(f"key {user}".encode()).digest()).decode()[:16]


def secret_key(user: str) -> str:
    return base64.b64encode(hashlib.sha256(f"secret {user}".encode()).digest()).decode()[:40]
