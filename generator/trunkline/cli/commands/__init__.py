"""One module a command, importing inside its function what it works with: start-up is cheap."""

import typer

from trunkline.cli.commands import (
    audit,
    build,
    ci,
    diff,
    docs,
    doctor,
    drift,
    explain,
    generate,
    init,
    merge,
    publish,
    run,
    serve,
    test,
    validate,
    version,
)

__all__ = ["register"]


def register(app: typer.Typer) -> None:
    """Add every command to `app`."""
    app.command("run")(run.run)
    app.command("generate")(generate.generate)
    app.command("init")(init.init)
    app.command("serve")(serve.serve)
    app.command("test")(test.hold_to_description)
    app.command("merge")(merge.merge)
    app.command("drift")(drift.drift)
    app.command("validate")(validate.validate)
    app.command("audit")(audit.audit)
    app.command("docs")(docs.docs)
    app.command("diff")(diff.diff)
    app.command("version")(version.version)
    app.command("build")(build.build)
    app.command("publish")(publish.publish)
    app.command("ci")(ci.ci)
    app.command("explain")(explain.explain)
    app.command("doctor")(doctor.doctor)
