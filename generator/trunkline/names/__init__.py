"""Every Python name of a package, decided once and globally before anything is printed."""

from trunkline.names.bodies import BodyMode, BodySurface, is_file
from trunkline.names.classes import ClassName, Kind, sent_properties
from trunkline.names.operations import MethodName, ResourceName, resource_path
from trunkline.names.package import Author, PackageConfig, Versioning, default_package, load_package
from trunkline.names.plan import NamePlan, plan
from trunkline.names.surface import ResultKind, ResultSurface, Surface

__all__ = [
    "Author",
    "BodyMode",
    "BodySurface",
    "ClassName",
    "Kind",
    "MethodName",
    "NamePlan",
    "PackageConfig",
    "ResourceName",
    "ResultKind",
    "ResultSurface",
    "Surface",
    "Versioning",
    "default_package",
    "is_file",
    "load_package",
    "plan",
    "resource_path",
    "sent_properties",
]
