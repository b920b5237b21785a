"""Between a client and a live server: what deviates from the description, recorded, and replayed.

`forward` passes requests through and reports; `replay` answers from a recording, offline.
"""

from trunkline.proxy.forward import forward
from trunkline.proxy.observer import Deviation
from trunkline.proxy.recording import Recorded, read_recording
from trunkline.proxy.replay import replay

__all__ = ["Deviation", "Recorded", "forward", "read_recording", "replay"]
