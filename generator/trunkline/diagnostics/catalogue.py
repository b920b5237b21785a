"""Every diagnostic there is: stable code, severity, why it matters, what to do.

The reference page is generated from this table, so it cannot go stale. Codes are never reused.
"""

from __future__ import annotations

from dataclasses import dataclass

from trunkline.diagnostics.codes import Code


@dataclass(frozen=True, slots=True)
class Rule:
    """What a code stands for."""

    severity: str
    title: str
    why: str
    remedy: str


CATALOGUE: dict[Code, Rule] = {
    Code.FILE_MISSING: Rule(
        "error",
        "File not found",
        "The description, or a file it refers to, is not where it was looked for.",
        "Check the path; names of descriptions in specs/ may be used without a path.",
    ),
    Code.SYNTAX: Rule(
        "error",
        "Not valid YAML or JSON",
        "A file that does not parse says nothing.",
        "Mend the syntax at the position given.",
    ),
    Code.DUPLICATE_KEY: Rule(
        "error",
        "Key given twice",
        "Parsers keep one of the two values silently, and not all keep the same one.",
        "Remove one of the two.",
    ),
    Code.REF_UNRESOLVED: Rule(
        "error",
        "Reference to nothing",
        "A $ref must lead to something in the description.",
        "Correct the pointer, or add what it names.",
    ),
    Code.REF_FORBIDDEN: Rule(
        "error",
        "Reference outside the description's folder",
        "A description is untrusted input: it must not make this machine read other files "
        "or addresses.",
        "Copy the file beside the description, or allow it: trunkline generate --allow-ref PREFIX.",
    ),
    Code.NOT_TEXT: Rule(
        "error",
        "Not UTF-8 text",
        "Descriptions are text in UTF-8.",
        "Save the file as UTF-8.",
    ),
    Code.TOO_LARGE: Rule(
        "error",
        "Description too large or too deep",
        "References or aliases that expand without end would exhaust memory.",
        "Remove the expansion at the position given.",
    ),
    Code.OVERLAY: Rule(
        "error",
        "Overlay not understood, or it does not fit",
        "What is misspelt would be ignored silently, and half of an overlay is not what was meant.",
        "Correct the overlay at the position given.",
    ),
    Code.OVERLAY_STALE: Rule(
        "warning",
        "Overlay action that matches nothing",
        "What it was to correct is elsewhere now, or gone.",
        "Correct its target, or remove the action.",
    ),
    Code.OVERLAY_IDLE: Rule(
        "warning",
        "Overlay action that changes nothing",
        "The description says by itself what the action adds.",
        "Remove the action.",
    ),
    Code.INVALID_DESCRIPTION: Rule(
        "error",
        "Not a valid OpenAPI description",
        "What breaks the OpenAPI specification means different things to different tools.",
        "Mend the description at the position given.",
    ),
    Code.SWAGGER_2: Rule(
        "warning",
        "Swagger 2.0 says what OpenAPI 3 cannot",
        "Swagger 2.0 is read as OpenAPI 3.0, and not everything in it has a meaning there.",
        "See how it is read; correct it with an overlay where that is not what is meant.",
    ),
    Code.OPENAPI_VERSION: Rule(
        "error",
        "Unknown OpenAPI version",
        "Only OpenAPI 3.0, 3.1 and 3.2 are read, and Swagger 2.0.",
        "Set `openapi:` to the version the description is written in.",
    ),
    Code.NONCONFORMING: Rule(
        "warning",
        "Breaks the OpenAPI specification",
        "Other tools may refuse it or read it differently.",
        "Mend the description; `trunkline validate` lists everything.",
    ),
    Code.CYCLIC_ALL_OF: Rule(
        "error",
        "allOf that contains itself",
        "No finite value fits a schema that is a part of itself.",
        "Break the circle.",
    ),
    Code.CONTRADICTION: Rule(
        "warning",
        "Schema that no value fits",
        "Parts of the schema exclude each other.",
        "Correct the parts.",
    ),
    Code.SKIPPED: Rule(
        "error",
        "Skipped",
        "It cannot be expressed; leaving it out silently would make the client incomplete.",
        "Change the description, or accept the gap with --allow-skips.",
    ),
    Code.BAD_EXTENSION: Rule(
        "error",
        "x-trunkline- extension not understood",
        "A hint that is misspelt would be ignored silently.",
        "See the reference of extensions.",
    ),
    Code.BAD_BEHAVIOUR: Rule(
        "error",
        "Behaviour file not understood",
        "What is misspelt, or refers to what is not there, would be ignored silently.",
        "See the reference of behaviour files, in the chapter on extensions.",
    ),
    Code.PAGING_UNKNOWN: Rule(
        "warning",
        "List that looks paged, in a way that is not understood",
        "The client returns the first page alone, and the emulator and the suite do not page.",
        "Write x-trunkline-pagination on the operation or, for all lists, at the root.",
    ),
    Code.PATTERN: Rule(
        "warning",
        "Pattern that cannot be compiled",
        "Neither the emulator nor the suite enforces it; values are made without it.",
        "Write it as ECMA-262 has it; look-behind of any length and back references are not known.",
    ),
    Code.NAME_CLASH: Rule(
        "error",
        "Two things with one name",
        "Both would be the same Python name.",
        "Rename one in the description.",
    ),
    Code.HAND_EDITED: Rule(
        "error",
        "Generated file was edited by hand",
        "Generating again would lose the edit.",
        "Move the change into the description, a template or lib/, or pass --force.",
    ),
    Code.OUT_OF_DATE: Rule(
        "error",
        "Generated files are not what the description says",
        "A client that differs from its description cannot be trusted.",
        "Run `trunkline generate`.",
    ),
    Code.FORMATTER: Rule(
        "error",
        "Generated code could not be formatted",
        "The formatter only fails on code that is not valid Python: a fault of Trunkline's.",
        "Report it with the description; the unformatted text was kept.",
    ),
    Code.TEMPLATE: Rule(
        "error",
        "Template fault",
        "A template asked for something its view does not have.",
        "Correct the template at the position given.",
    ),
    Code.UNUSED_TEMPLATE: Rule(
        "warning",
        "Template that nothing uses",
        "A file among the templates given is called like none of ours, and no other includes it.",
        "Name it as ours is named (docs/templates.md lists them), or remove it.",
    ),
    Code.BUSY: Rule(
        "error",
        "Another run is writing there",
        "Two runs that write one package would leave a mixture of both.",
        "Wait until the other one has ended, and run again.",
    ),
    Code.BUILD: Rule(
        "error",
        "Package could not be built",
        "A package without its type marker, licence or metadata fails its users later.",
        "Generate again; if it stays, a template override leaves the file out.",
    ),
    Code.METADATA: Rule(
        "error",
        "Package metadata that an index would refuse",
        "A release that is refused half-way cannot be taken back.",
        "Correct package.toml or the README's template; `twine check --strict` says the same.",
    ),
    Code.NOT_TESTED: Rule(
        "error",
        "No contract run passed for exactly this package",
        "What was tested must be what is published.",
        "Run `trunkline test` over the whole description, and publish what it passed.",
    ),
    Code.WRONG_VERSION: Rule(
        "error",
        "Version does not fit the changes",
        "Users of the package read from its version whether an update can break them.",
        "Set the version in package.toml as the message says, and generate again.",
    ),
    Code.UNCOMMITTED: Rule(
        "error",
        "Published files are not committed",
        "Nobody could find out later what a release was made from.",
        "Commit first, or pass --allow-dirty.",
    ),
    Code.CREDENTIAL: Rule(
        "error",
        "No credential for the index",
        "An index accepts files only from those it knows.",
        "Set TRUNKLINE_INDEX_TOKEN, store a token in the keyring, or use trusted publishing.",
    ),
    Code.INDEX: Rule(
        "error",
        "The index did not take the files",
        "Nothing can be said about a release until the index has confirmed it.",
        "Do what its answer says and run the same command again: files it has are passed over.",
    ),
    Code.PUBLISHED: Rule(
        "error",
        "This version was published with other contents",
        "Whoever pinned the version would get something else than before.",
        "Raise the version in package.toml.",
    ),
    Code.PORT_IN_USE: Rule(
        "error",
        "Port in use",
        "Another program listens there.",
        "Choose another port, or 0 to have one picked.",
    ),
    Code.UNREACHABLE: Rule(
        "error",
        "Server unreachable",
        "Nothing can be said about a server that does not answer.",
        "Check the address, and that the server runs.",
    ),
    Code.REPORT_FILE: Rule(
        "error",
        "Report not understood",
        "A report that is read in part would hide what stands in the rest.",
        "Write it anew with `trunkline test … --json FILE`.",
    ),
    Code.BASELINE: Rule(
        "error",
        "Baseline not understood",
        "An entry that is misspelt, or has no reason or end, would accept violations for ever.",
        "Give every entry a rule, an operation, a reason and a date on which it expires.",
    ),
    Code.AUDIT_FILE: Rule(
        "error",
        "Inventory or errata entry not understood",
        "An entry that is misspelt would be ignored silently.",
        "See the reference of inventories and errata.",
    ),
    Code.SOURCE_UNKNOWN: Rule(
        "error",
        "Document not listed, or without an inventory",
        "A citation can be checked only against a document that is known.",
        "List it under x-trunkline-sources and add its inventory in sources/.",
    ),
    Code.LINE_UNKNOWN: Rule(
        "error",
        "Line past the end of its document",
        "Nothing can be read there.",
        "Correct the line.",
    ),
    Code.HASH_MISMATCH: Rule(
        "error",
        "Inventory of another version of the document",
        "Lines and facts belong to one exact text.",
        "Make the inventory anew, and correct the citations.",
    ),
    Code.FACT_MISSING: Rule(
        "error",
        "Fact of a document is not covered",
        "Users of the description would never learn what the document says.",
        "Describe and cite it, or rule on it in errata.yaml.",
    ),
    Code.CITATION_EMPTY: Rule(
        "error",
        "Citation of a line that does not say so",
        "A citation that leads to nothing is worse than none.",
        "Cite the lines of the facts about it, or say that it is inferred, and why.",
    ),
    Code.PROVENANCE_MISSING: Rule(
        "error",
        "Nobody says so",
        "Readers must be able to tell what is documented from what was decided.",
        "Add x-trunkline-source.",
    ),
    Code.ERRATUM_STALE: Rule(
        "error",
        "Erratum that matches nothing",
        "A ruling on what no longer is hides the next contradiction.",
        "Remove it, or correct the facts it names.",
    ),
    Code.EXAMPLE_INVALID: Rule(
        "error",
        "Documented example is not data that fits its schema",
        "Examples are what people copy.",
        "Correct the schema, or rule on the example in errata.yaml.",
    ),
    Code.RULING_MISSING: Rule(
        "error",
        "Ruling that the description does not follow",
        "Errata say what the description has in place of what the document says.",
        "Describe it as ruled, or change the ruling.",
    ),
    Code.VALUE_UNSTATED: Rule(
        "error",
        "Value that nothing states",
        "A value that crept in is taken for a fact by everybody who reads the description.",
        "Add it to an inventory, or record it as a decision.",
    ),
    Code.CONTRADICTION_OPEN: Rule(
        "error",
        "Contradiction that nobody ruled on",
        "A document that says two things makes every description of it a decision.",
        "Rule on it in errata.yaml; say kept: true where the document is followed.",
    ),
    Code.SEAL_BROKEN: Rule(
        "error",
        "Part that is not as it was recorded",
        "Prose, marks and examples that nobody lists as facts change without a word.",
        "Look at the change; `trunkline audit --record` writes down what is right.",
    ),
    Code.INVENTORY_SOURCE: Rule(
        "error",
        "Source document does not fit its grammar",
        "A line the parser skipped would be a fact the inventory lost.",
        "Correct the text at the position given, or teach the parser the new form.",
    ),
    Code.DIFF_WAIVER: Rule(
        "error",
        "Waiver of a change not understood",
        "A waiver that is misspelt would accept nothing, or too much.",
        "Give the rule's id and a reason in words; a place is optional.",
    ),
    Code.DIFF_WAIVER_STALE: Rule(
        "error",
        "Waiver of a change that is not there",
        "Left behind, it would silently accept the next change of its kind.",
        "Remove it.",
    ),
    Code.UNKNOWN_REVISION: Rule(
        "error",
        "Not a git revision",
        "What is neither a file nor the name of a description is taken for a revision.",
        "Give a branch, tag or commit that this clone has; fetch it first where it is missing.",
    ),
    Code.UNKNOWN_VERSION: Rule(
        "error",
        "Version not on the index",
        "There is nothing to compare with.",
        "Check name and version, and that --index is where it was published.",
    ),
    Code.BAD_BUNDLE: Rule(
        "error",
        "Package without its description",
        "Packages built by Trunkline carry the description they were generated from.",
        "Compare with the description's file, or with a git revision of it.",
    ),
    Code.WAIVER: Rule(
        "error",
        "Waiver not understood, or stale",
        "A waiver that no longer applies hides the next finding.",
        "Remove it, or correct it.",
    ),
    Code.RULE_OPERATION_ID: Rule(
        "error",
        "Operation without an id of its own",
        "Clients, reports and links name operations by it.",
        "Give each operation an operationId that differs from the others by more than case.",
    ),
    Code.RULE_DESCRIPTION: Rule(
        "warning",
        "Nothing said about it",
        "Descriptions become the documentation people read in their editor.",
        "Say what it is for.",
    ),
    Code.RULE_UNREACHABLE: Rule(
        "warning",
        "Component that nothing uses",
        "It is generated, read and maintained for nobody; often a reference was misspelt.",
        "Use it or remove it.",
    ),
    Code.RULE_EXAMPLE: Rule(
        "error",
        "Example or default that its schema forbids",
        "Examples are copied, and defaults are sent.",
        "Correct the value or the schema.",
    ),
    Code.RULE_BLANK: Rule(
        "error",
        "Blank at the start or end of a value",
        "No reader sees it, and every comparison fails by it.",
        "Remove the blank.",
    ),
    Code.RULE_FORMAT: Rule(
        "error",
        "Format that nothing checks",
        "Validators pass over formats they do not know: what the schema promises, nobody checks.",
        "Give a pattern, or use a registered format.",
    ),
    Code.RULE_NO_FAILURE: Rule(
        "warning",
        "Operation that never fails",
        "Clients cannot tell failures apart that nobody described.",
        "Describe the 4XX and 5XX responses, or default.",
    ),
    Code.RULE_NO_SUCCESS: Rule(
        "error",
        "Operation that never succeeds",
        "Nothing tells what a success looks like.",
        "Describe its 2XX response.",
    ),
    Code.RULE_SIMILAR_NAMES: Rule(
        "error",
        "Names that differ in case or separators only",
        "They become one name in most languages, and readers mix them up.",
        "Rename one, or remove it.",
    ),
    Code.RULE_NAMING: Rule(
        "warning",
        "Two styles of names in one object",
        "Readers have to remember which member is spelt in which way.",
        "Use one style.",
    ),
    Code.RULE_REQUIRED: Rule(
        "error",
        "Required member that is not described",
        "No client can be written for a member without a schema.",
        "Describe it, or correct the name.",
    ),
    Code.RULE_DIRECTION: Rule(
        "error",
        "Member that cannot travel",
        "A member nobody may set or nobody may read cannot be used.",
        "Drop one of the two marks, or the requirement.",
    ),
    Code.RULE_ENUM: Rule(
        "error",
        "Value that is listed twice or of another type",
        "No value can be both, or the list has a slip.",
        "Correct the list or the type.",
    ),
    Code.RULE_RANGE: Rule(
        "error",
        "Bounds that leave nothing",
        "No value lies between them.",
        "Correct one of the bounds.",
    ),
    Code.RULE_TAG: Rule(
        "warning",
        "Tag that is not declared",
        "Documentation groups operations by tags and shows their descriptions.",
        "Add it to the tags of the root.",
    ),
    Code.RULE_SECURITY: Rule(
        "warning",
        "Whether credentials are needed is not said",
        "Clients and tests cannot tell whether a call without credentials has to fail.",
        "Add security.",
    ),
    Code.RULE_REFUSALS: Rule(
        "warning",
        "Refusals that callers meet are not documented",
        "Clients have no error of their own for them, and `trunkline test` tells each as a gap.",
        "Add the statuses, a 4XX or a default response; with the server at hand, `trunkline drift` "
        "writes them.",
    ),
    Code.RULE_IMPOSSIBLE: Rule(
        "warning",
        "Nothing fits a schema",
        "`trunkline serve` has nothing to answer there, and `trunkline test` nothing to send: what "
        "needs such a value is left out.",
        "Loosen what the message names; a property that needs its own schema inside is optional, "
        "null or in a list.",
    ),
    Code.OWN_WARNING: Rule(
        "warning",
        "A rule of your own objects",
        "A distribution beside Trunkline adds the rule that the message begins with.",
        "What that rule says; waive it in waivers.yaml under V100, with a reason.",
    ),
    Code.OWN_ERROR: Rule(
        "error",
        "A rule of your own forbids it",
        "A distribution beside Trunkline adds the rule that the message begins with.",
        "What that rule says; waive it in waivers.yaml under V101, with a reason.",
    ),
    Code.UNKNOWN_SPEC: Rule(
        "error",
        "No such description",
        "The name is none of those in specs/.",
        "Use one of the names listed, or a path.",
    ),
    Code.BAD_VALUE: Rule(
        "error",
        "Value not understood",
        "An argument has a value that is not allowed.",
        "See --help.",
    ),
    Code.CONFIGURATION: Rule(
        "error",
        "Configuration not understood",
        "What is misspelt would be left out silently, and the command do something else.",
        "Write the names of commands and options as --help has them; --isolated reads none.",
    ),
    Code.CANNOT_WRITE: Rule(
        "error",
        "Cannot write",
        "The folder is read-only, the disk is full, or something is in the way.",
        "Make room or choose another place; whole files are never left half-written.",
    ),
    Code.PLUGIN: Rule(
        "error",
        "A plugin is broken",
        "A distribution beside Trunkline adds something that cannot be loaded, or does not do what "
        "it is there for; results would depend on what happened to load.",
        "Mend the plugin, or uninstall the distribution that the message names.",
    ),
}
