"""Options and fixtures come from the package, so that the suites also run beside a wheel."""

from trunkline.pytest_plugin import (
    contract_servers,
    contract_session,
    pytest_addoption,
    pytest_configure,
    pytest_generate_tests,
)

__all__ = [
    "contract_servers",
    "contract_session",
    "pytest_addoption",
    "pytest_configure",
    "pytest_generate_tests",
]
