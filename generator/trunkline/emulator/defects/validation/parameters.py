"""Query parameters that should be refused and are not."""

from __future__ import annotations

from trunkline.emulator.defects.base import ListDefect
from trunkline.emulator.hooks.call import Call
from trunkline.emulator.http.messages import ValidationError
from trunkline.ir import Action, Integer, Number, Operation, ParameterLocation


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
