"""Everything that `trunkline_callr` raises on purpose.

* APIError
  x ConfigurationError (also a ValueError)
    + MissingCredentialsError
    + ParameterError
  x APIConnectionError
    + APITimeoutError
  x APIStatusError
    + RedirectError                     3xx that is not followed
    + ClientError                       any other 4xx
      - BadRequestError                 400
      - AuthenticationError             401
      - PaymentRequiredError            402
      - PermissionDeniedError           403
      - NotFoundError                   404
      - MethodNotAllowedError           405
      - RequestTimeoutError             408
      - ConflictError                   409
      - GoneError                       410
      - PreconditionFailedError         412
      - ContentTooLargeError            413
      - UnsupportedMediaTypeError       415
      - UnprocessableEntityError        422
      - RateLimitError                  429
    + ServerError                       any other 5xx
      - InternalServerError             500
      - BadGatewayError                 502
      - ServiceUnavailableError         503
      - GatewayTimeoutError             504
  x ResponseValidationError             a success whose body is not what is described
  x PaginationError
  x StreamError
  x WebhookError
    + SignatureError
  x RpcError                            an error object instead of a result, by its code

No message holds a credential: addresses are printed without query values.
"""

from ._runtime.errors import (
    APIConnectionError,
    APIError,
    APIStatusError,
    APITimeoutError,
    AuthenticationError,
    BadGatewayError,
    BadRequestError,
    ClientError,
    ConfigurationError,
    ConflictError,
    ContentTooLargeError,
    GatewayTimeoutError,
    GoneError,
    InternalServerError,
    MethodNotAllowedError,
    MissingCredentialsError,
    NotFoundError,
    PaginationError,
    ParameterError,
    PaymentRequiredError,
    PermissionDeniedError,
    PreconditionFailedError,
    RateLimitError,
    RedirectError,
    RequestTimeoutError,
    ResponseValidationError,
    ServerError,
    ServiceUnavailableError,
    SignatureError,
    StreamError,
    UnprocessableEntityError,
    UnsupportedMediaTypeError,
    WebhookError,
)
from ._runtime.rpc import (
    RpcApplicationError,
    RpcError,
    RpcInternalError,
    RpcInvalidParamsError,
    RpcInvalidRequestError,
    RpcMethodNotFoundError,
    RpcParseError,
    RpcServerError,
)

__all__ = [
    "APIConnectionError",
    "APIError",
    "APIStatusError",
    "APITimeoutError",
    "AuthenticationError",
    "BadGatewayError",
    "BadRequestError",
    "ClientError",
    "ConfigurationError",
    "ConflictError",
    "ContentTooLargeError",
    "GatewayTimeoutError",
    "GoneError",
    "InternalServerError",
    "MethodNotAllowedError",
    "MissingCredentialsError",
    "NotFoundError",
    "PaginationError",
    "ParameterError",
    "PaymentRequiredError",
    "PermissionDeniedError",
    "PreconditionFailedError",
    "RateLimitError",
    "RedirectError",
    "RequestTimeoutError",
    "ResponseValidationError",
    "ServerError",
    "ServiceUnavailableError",
    "SignatureError",
    "StreamError",
    "UnprocessableEntityError",
    "UnsupportedMediaTypeError",
    "WebhookError",
    "RpcApplicationError",
    "RpcError",
    "RpcInternalError",
    "RpcInvalidParamsError",
    "RpcInvalidRequestError",
    "RpcMethodNotFoundError",
    "RpcParseError",
    "RpcServerError",
]
