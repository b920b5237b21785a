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
    overlay,
    publish,
    pull,
    replay,
    run,
    schema,
    serve,
    test,
    validate,
    version,
)

__all__ = ["register"]


def register(app: typer.Typer) -> None:
    """Add every command to `app`, in the order in which people meet them: begin, check,
    generate, serve, test, compare, release, understand."""
    app.command("init")(init.init)
    app.command("doctor")(doctor.doctor)
    app.command("validate")(validate.validate)
    app.command("audit")(audit.audit)
    app.add_typer(overlay.commands(), name="overlay")
    app.command("pull")(pull.pull)
    app.command("generate")(generate.generate)
    app.command("run")(run.run)
    app.command("serve")(serve.serve)
    app.command("test")(test.hold_to_description)
    app.command("replay")(replay.replay)
    app.command("merge")(merge.merge)
    app.command("drift")(drift.drift)
    app.command("diff")(diff.diff)
    app.command("version")(version.version)
    app.command("build")(build.build)
    app.command("publish")(publish.publish)
    app.command("ci")(ci.ci)
    app.command("docs")(docs.docs)
    app.command("explain")(explain.explain)
    app.command("schema")(schema.schema)
