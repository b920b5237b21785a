"""Other tools read the descriptions too; and nothing that the documents list was dropped."""

from pathlib import Path

import openapi_spec_validator
import pytest
import schemathesis

from trunkline import ir
from trunkline.contract.model import bundle
from trunkline.pipeline import load_api, spec_names

ROOT = Path(__file__).parents[3]


@pytest.mark.parametrize("name", spec_names())
def test_openapi_spec_validator_and_schemathesis_load_it(name):
    loaded = load_api(ROOT / "specs" / name)
    plain = bundle(loaded.document)

    openapi_spec_validator.validate(plain)
    operations = list(schemathesis.openapi.from_dict(plain).get_all_operations())
    assert len(operations) == len(loaded.api.operations)


def test_the_documents_describe_eighteen_operations():
    """Ten of Telnyx, seven of OpenTACT, and CALLR's one endpoint, which no document names.

    Two of OpenTACT's stand in the description twice: as documented, and as the service has them.
    """

    def documented(name):
        return {
            cited.lines
            for operation in load_api(ROOT / "specs" / name).api.operations
            for cited in operation.origin.provenance
            if cited.kind is ir.ProvenanceKind.DOCUMENTED
        }

    endpoints = load_api(ROOT / "specs" / "callr").api.operations
    # Nothing but the vendor's client tells how a registration is checked.
    assert len(load_api(ROOT / "specs" / "telnyx").api.operations) == 10 + 1
    assert len(documented("opentact")) == 7
    assert len(endpoints) == 1
