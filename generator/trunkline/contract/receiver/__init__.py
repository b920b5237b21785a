"""The other direction: the suite plays the service, and tests a user's own server."""

from trunkline.contract.receiver.run import ReceiverConfig, run_receiver

__all__ = [
    "ReceiverConfig",
    "run_receiver",
]
