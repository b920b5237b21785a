"""Unofficial client, printed by Trunkline.

`Callr` and `AsyncCallr` are the clients, `models` holds the types, `params` those of
dictionaries in requests, and every failure is an exception of the tree in `errors`.
"""

from ._runtime import (
    UNSET,
    APIResponse,
    RequestOptions,
    Unset,
)
from ._runtime.errors import (
    APIConnectionError,
    APIError,
    APIStatusError,
    APITimeoutError,
    AuthenticationError,
    BadRequestError,
    ConfigurationError,
    ConflictError,
    InternalServerError,
    MissingCredentialsError,
    NotFoundError,
    ParameterError,
    PermissionDeniedError,
    RateLimitError,
    ResponseValidationError,
    UnprocessableEntityError,
)
from .client import AsyncCallr, Callr

__version__ = "0.1.0"

__all__ = [
    "UNSET",
    "APIConnectionError",
    "APIError",
    "APIResponse",
    "APIStatusError",
    "APITimeoutError",
    "AsyncCallr",
    "AuthenticationError",
    "BadRequestError",
    "ConfigurationError",
    "ConflictError",
    "InternalServerError",
    "MissingCredentialsError",
    "NotFoundError",
    "ParameterError",
    "PermissionDeniedError",
    "RateLimitError",
    "RequestOptions",
    "ResponseValidationError",
    "Callr",
    "UnprocessableEntityError",
    "Unset",
    "__version__",
]
