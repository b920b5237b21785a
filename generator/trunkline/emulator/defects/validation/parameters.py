"""Query parameters that should be refused and are not."""

from __future__ import annotations

from trunkline.emulator.defects.base import Defect, ListDefect
from trunkline.emulator.hooks.call import Call
from trunkline.emulator.http.messages import ValidationError
from trunkline.ir import Action, Api, Integer, Number, Operation, ParameterLocation


class _QueryFaults(ListDefect):
    needs = frozenset({Action.LIST})

    @classmethod
    def shows_in(cls, operation: Operation) -> bool:
        return any(
            p.location is ParameterLocation.QUERY and isinstance(p.schema.shape, (Integer, Number))
            for p in operation.parameters
        )

    def passes(self, call: Call, problem: ValidationError) -> bool:
        """Whether this fault is not noticed."""
        raise NotImplementedError

    def parameter_problems(
        self, call: Call, problems: list[ValidationError]
    ) -> list[ValidationError]:
        return [f for f in problems if not (f.location == "query" and self.passes(call, f))]


class QueryUnchecked(_QueryFaults):
    """Query parameters are not checked at all."""

    rule = "Query parameters are checked"
    caught_by = ("parameter-enforced",)

    def passes(self, call: Call, problem: ValidationError) -> bool:
        return True


class PageSizeUnlimited(_QueryFaults):
    """Pages larger than allowed are accepted."""

    rule = "A number above the maximum is refused"
    caught_by = ("parameter-enforced",)

    @classmethod
    def shows_in(cls, operation: Operation) -> bool:
        return any(
            operation.pagination is not None
            and p.name == operation.pagination.size
            and isinstance(p.schema.shape, Integer)
            and p.schema.shape.maximum is not None
            for p in operation.parameters
        )

    def passes(self, call: Call, problem: ValidationError) -> bool:
        return problem.keyword == "maximum"


class PageZeroAccepted(_QueryFaults):
    """Page numbers and sizes below the minimum are accepted."""

    rule = "A number below the minimum is refused"
    caught_by = ("parameter-enforced",)

    @classmethod
    def shows_in(cls, operation: Operation) -> bool:
        return any(
            isinstance(p.schema.shape, Integer) and p.schema.shape.minimum is not None
            for p in operation.parameters
        )

    def passes(self, call: Call, problem: ValidationError) -> bool:
        return problem.keyword == "minimum"


class UnknownSortAccepted(_QueryFaults):
    """A sort order that is not documented is accepted."""

    rule = "A value outside the enumeration is refused"
    caught_by = ("parameter-enforced",)

    @classmethod
    def shows_in(cls, operation: Operation) -> bool:
        return operation.sort is not None

    def passes(self, call: Call, problem: ValidationError) -> bool:
        sort = call.operation.sort
        return sort is not None and problem.parameter == sort.parameter


class ParameterTypeUnchecked(_QueryFaults):
    """Text is accepted where a query parameter is a number."""

    rule = "A value of another type is refused"
    caught_by = ("parameter-enforced",)

    def passes(self, call: Call, problem: ValidationError) -> bool:
        return problem.keyword == "type"


class GreatestPageSizeRefused(ListDefect):
    """Pages of the greatest allowed size are refused."""

    rule = "A number at the maximum of a query parameter is accepted"
    caught_by = ("valid-accepted",)
    needs = frozenset({Action.LIST})

    @classmethod
    def shows_in(cls, operation: Operation) -> bool:
        return _greatest_size(operation) is not None

    def parameter_problems(
        self, call: Call, problems: list[ValidationError]
    ) -> list[ValidationError]:
        most, paging = _greatest_size(call.operation), call.operation.pagination
        if most is None or paging is None or paging.size is None or problems:
            return problems
        if call.query.get(paging.size) != most:
            return problems
        said = f"must be less than {most}"
        return [ValidationError(said, "maximum", parameter=paging.size, location="query")]


def _greatest_size(operation: Operation) -> int | None:
    """The greatest size of a page that can be asked for."""
    for parameter in operation.parameters:
        shape = parameter.schema.shape
        sizes = operation.pagination is not None and parameter.name == operation.pagination.size
        if sizes and isinstance(shape, Integer) and shape.maximum is not None:
            return int(shape.maximum)
    return None


class QueriesOfWritesUnchecked(Defect):
    """Query parameters of requests that change something are not checked."""

    rule = "Query parameters are checked, whatever the request does"
    caught_by = ("invalid-rejected",)

    @classmethod
    def applies(cls, api: Api) -> bool:
        return any(
            operation.method.upper() not in ("GET", "HEAD")
            and parameter.location is ParameterLocation.QUERY
            and isinstance(parameter.schema.shape, (Integer, Number))
            for operation in api.operations
            for parameter in operation.parameters
        )

    def parameter_problems(
        self, call: Call, problems: list[ValidationError]
    ) -> list[ValidationError]:
        if call.request.method in ("GET", "HEAD"):
            return problems
        return [problem for problem in problems if problem.location != "query"]
