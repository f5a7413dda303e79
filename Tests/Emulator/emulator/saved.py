"""Everything that moto holds, kept as bytes and put back: a built stack in a tenth of the time that building takes."""

from __future__ import annotations

import copyreg
import io
import pickle
import threading

from moto import backends
from moto.core.base_backend import BackendDict
from moto.core.model_instances import reset_model_data
from moto.s3.models import s3_backends


class Pickler(pickle.Pickler):
    # Locks guard nothing between two requests, so that a fresh one is as good.
    dispatch_table = {**copyreg.dispatch_table, type(threading.RLock()): lambda _: (threading.RLock, ())}


def save() -> bytes:
    """All backends in one pickle, so that what they share is still shared when they are put back."""
    held = {
        backend.service_name: {account: dict(regions.items()) for account, regions in backend.items()}
        for backend in BackendDict._instances
    }
    kept = io.BytesIO()
    Pickler(kept, protocol=pickle.HIGHEST_PROTOCOL).dump(held)
    return kept.getvalue()


def clear() -> None:
    """An empty account. moto's own reset fills every backend anew before it throws it away."""
    for _, _, store in s3_backends.iter_backends():
        store.reset()  # closes the objects' files
    for backend in BackendDict._instances:
        backend.clear()
    BackendDict._instances.clear()
    reset_model_data()


def restore(kept: bytes) -> None:
    clear()
    for service, accounts in pickle.loads(kept).items():
        backend = backends.get_backend(service)
        for account, regions in accounts.items():
            for region, held in regions.items():
                backend[account][region] = held
    # Who owns a bucket is known beside the backends, since names of buckets are everyone's.
    for account, partition, store in s3_backends.iter_backends():
        s3_backends.bucket_accounts.update({name: (partition, account) for name in store.buckets})
